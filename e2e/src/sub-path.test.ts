import { closeContexts, sharedBrowser } from '@firstword/testing/browser';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, openPage, openWidget } from './harness/browser.ts';
import { becomeAgent } from './harness/console.ts';
import { startNginxProxy } from './harness/nginx-proxy.ts';
import { type ProxiedProduct, startProxiedProduct } from './harness/proxied-product.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await sharedBrowser();
});
afterAll(() => closeContexts(browser));

describe.each([
  ['passes the path on', true],
  ['removes the path', false],
])('below a path, behind nginx that %s', (_, passesPath) => {
  let product: ProxiedProduct;
  beforeAll(async () => {
    product = await startProxiedProduct((port) => startNginxProxy(port, { path: '/support', passesPath }));
  });
  afterAll(() => product.stop());

  test('a visitor is answered, opens the cited page, and an agent signs in and reads the ticket', async () => {
    const { proxy, firstRunLink } = product;
    const visitor = await openPage(browser, `${proxy.url}/`);
    await openWidget(visitor.page);
    await ask(visitor.page, 'How long do I have to return a lamp?');
    const source = visitor.page.locator('.sources a').first();
    await source.waitFor();
    const article = await openPage(browser, (await source.getAttribute('href')) ?? '');
    expect(article.page.url()).toContain(`${proxy.url}/help/`);
    await article.page.locator('.launcher').waitFor();
    await ask(visitor.page, 'Let me talk to a human, please');
    await visitor.page.locator('.card').waitFor();

    const agent = await openPage(browser, firstRunLink);
    await becomeAgent(agent.page, 'First agent', 'agent@shop.example');
    await agent.page.getByRole('link', { name: /talk to a human/ }).click();
    await agent.page.reload();
    await agent.page.locator('.message--visitor').getByText('Let me talk to a human').waitFor();
    expect(new URL(agent.page.url()).pathname).toMatch(/^\/support\/console\/tickets\//);
    await agent.page.getByRole('link', { name: 'Cost' }).click();
    await agent.page
      .getByText(/model calls/)
      .first()
      .waitFor();
    expect(proxy.seen.filter((request) => !request.includes(' /support/'))).toEqual([]);
    expect([...visitor.complaints, ...article.complaints, ...agent.complaints]).toEqual([]);
  });
});
