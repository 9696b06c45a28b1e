import { closeContexts, sharedBrowser } from '@firstword/testing/browser';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, openPage, openWidget } from './harness/browser.ts';
import { becomeAgent } from './harness/console.ts';
import { startHangingProxy } from './harness/hanging-proxy.ts';
import { startNginxProxy } from './harness/nginx-proxy.ts';
import { type ProxiedProduct, startProxiedProduct } from './harness/proxied-product.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await sharedBrowser();
});
afterAll(() => closeContexts(browser));

describe.each([
  ['nginx that strips WebSocket upgrades', (port: number) => startNginxProxy(port, { passesUpgrade: false })],
  ['a proxy that never answers them', startHangingProxy],
])('behind %s', (_, startProxy) => {
  let product: ProxiedProduct;
  beforeAll(async () => {
    product = await startProxiedProduct(startProxy);
  });
  afterAll(() => product.stop());

  test('a visitor is answered and handed to an agent, whose reply arrives', async () => {
    const { proxy, firstRunLink } = product;
    const visitor = await openPage(browser, `${proxy.url}/`);
    await openWidget(visitor.page);
    await ask(visitor.page, 'How long do I have to return a lamp?');
    await visitor.page.locator('.answer[aria-busy=false] .answer__text').first().waitFor();
    await ask(visitor.page, 'Let me talk to a human, please');
    await visitor.page.locator('.card').waitFor();

    const agent = await openPage(browser, firstRunLink);
    await becomeAgent(agent.page, 'First agent', 'agent@shop.example');
    await agent.page.getByRole('link', { name: /talk to a human/ }).click();
    await agent.page.getByRole('textbox', { name: /reply/i }).fill('Hello, how can I help?');
    await agent.page.getByRole('button', { name: /Send/ }).first().click();
    await visitor.page.locator('.list').getByText('Hello, how can I help?').waitFor();
    await ask(visitor.page, 'The lamp flickers.');
    await agent.page.locator('.message--visitor').getByText('The lamp flickers.').waitFor();
    expect(proxy.seen.filter((request) => request.startsWith('POST /socket.io/')).length).toBeGreaterThan(4);
  });
});
