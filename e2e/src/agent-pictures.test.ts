import { closeContexts, sharedBrowser } from '@firstword/testing/browser';
import { pngOf } from '@firstword/testing/pictures';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, openPage, openWidget } from './harness/browser.ts';
import { becomeAgent } from './harness/console.ts';
import { startNginxProxy } from './harness/nginx-proxy.ts';
import { type ProxiedProduct, startProxiedProduct } from './harness/proxied-product.ts';

let browser: Browser;
let product: ProxiedProduct;
beforeAll(async () => {
  browser = await sharedBrowser();
  product = await startProxiedProduct((port) => startNginxProxy(port, { path: '/support', passesPath: true }));
});
afterAll(async () => {
  await closeContexts(browser);
  await product.stop();
});

/** The agent's picture that the console shows in this place, once it is loaded. */
const loaded = (place: Locator) =>
  expect
    .poll(() =>
      place
        .locator('.avatar img')
        .first()
        .evaluate((image) => image instanceof HTMLImageElement && image.naturalWidth),
    )
    .toBe(256);
/** Whether the widget has drawn a picture over the initial. */
const isDrawn = (page: Page, place: string) =>
  page.locator(`${place} .agent__picture`).evaluate((canvas) => {
    if (!(canvas instanceof HTMLCanvasElement)) throw new TypeError('no canvas');
    return canvas.getContext('2d')?.getImageData(48, 48, 1, 1).data[3] === 255;
  });

test('below a path, an agent chooses a picture, undoes its removal, and the visitor sees it with the reply', async () => {
  const agent = await openPage(browser, product.firstRunLink);
  const { page } = agent;
  await becomeAgent(page, 'First agent', 'agent@shop.example');
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('link', { name: 'Your account' }).click();
  const part = page.getByRole('region', { name: 'Picture', exact: true });
  const choose = async (name: string, buffer: Buffer) => {
    const chooser = page.waitForEvent('filechooser');
    await part.getByRole('button', { name: /^Choose/ }).click();
    await (await chooser).setFiles({ name, mimeType: 'image/png', buffer });
  };
  await choose('notes.png', Buffer.from('not a picture'));
  await part.getByText('isn’t a picture that your browser can read').waitFor();
  await choose('me.png', pngOf(400, [20, 90, 160]));
  await part.getByText('Picture saved.').waitFor();
  for (const place of [part, page.locator('.rail__self')]) await loaded(place);
  await part.getByRole('button', { name: 'Remove' }).click();
  await part.getByText('Picture removed.').waitFor();
  expect(await page.locator('.avatar img').count()).toBe(0);
  await part.getByRole('button', { name: 'Undo' }).click();
  await part.getByText('Picture saved.').waitFor();
  await loaded(part);

  const visitor = await openPage(browser, `${product.proxy.url}/`);
  await openWidget(visitor.page);
  await ask(visitor.page, 'Let me talk to a human, please');
  await visitor.page.locator('.card').waitFor();
  await page.goto(`${product.proxy.url}/console/tickets`);
  await page.getByRole('link', { name: /talk to a human/ }).click();
  await page.getByRole('textbox', { name: 'Reply' }).fill('Here I am.');
  await page.getByRole('button', { name: /^Send/ }).click();
  await visitor.page.locator('.agent').getByText('Here I am.').waitFor();
  for (const place of ['.header', '.list']) await expect.poll(() => isDrawn(visitor.page, place)).toBe(true);
  for (const place of [page.locator('.message--agent'), page.locator('.facts__agent')]) await loaded(place);
  expect(product.proxy.seen.filter((request) => !request.includes(' /support/'))).toEqual([]);
  expect([...visitor.complaints, ...agent.complaints]).toEqual([]);
});
