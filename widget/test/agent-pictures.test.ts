import { closeContexts, sharedBrowser } from '@firstword/testing/browser';
import { pngOf } from '@firstword/testing/pictures';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPanel, visit } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await sharedBrowser();
});
afterAll(() => closeContexts(browser));

const BLUE = [20, 90, 160] as const;
const PICTURES = { 'blue.png': pngOf(64, BLUE) };
const agent = { name: 'An agent', picture: 'blue.png' };

/** The colour in the middle; transparent until it is drawn. */
const colourOf = (avatar: Locator) =>
  avatar.locator('canvas').evaluate((canvas) => {
    if (!(canvas instanceof HTMLCanvasElement)) throw new TypeError('no canvas');
    // Chromium complains about a canvas that is read several times without this.
    const pixel = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    if (canvas.width > 0) pixel?.drawImage(canvas, -canvas.width / 2, -canvas.height / 2);
    return [...(pixel?.getImageData(0, 0, 1, 1).data ?? [])];
  });

test('an agent’s picture is shown in the header, beside the messages and in the preview, whatever images the page allows', async () => {
  await using shown = await visit(browser, { script: { pictures: PICTURES } });
  const { page, server, complaints, requests } = shown;
  await openPanel(page);
  server.setResponder({ responder: 'agent', agent: { ...agent, online: true } });
  server.sendMessage({ from: 'agent', text: 'Good morning.', agent });
  for (const avatar of [page.locator('.header .agent__avatar'), page.locator('.list .agent__avatar')]) {
    await expect.poll(() => colourOf(avatar)).toEqual([...BLUE, 255]);
    expect([await avatar.textContent(), await avatar.getAttribute('aria-hidden')]).toEqual(['A', 'true']);
  }
  expect(requests).toContain('/pictures/blue.png');
  await page.keyboard.press('Escape');
  server.sendMessage({ from: 'agent', text: 'Are you there?', agent });
  await expect.poll(() => colourOf(page.locator('.preview .agent__avatar'))).toEqual([...BLUE, 255]);
  expect(complaints).toEqual([]);
});

test('an agent whose picture is gone, and one who has none, is shown by the initial', async () => {
  await using shown = await visit(browser);
  const { page, server } = shown;
  await openPanel(page);
  const missing = page.waitForResponse((response) => response.url().endsWith('/pictures/gone.png'));
  server.setResponder({ responder: 'agent', agent: { name: 'Bo', online: true } });
  server.sendMessage({ from: 'agent', text: 'Hello.', agent: { name: 'An agent', picture: 'gone.png' } });
  expect((await missing).status()).toBe(404);
  expect(await page.locator('.list .agent__avatar').textContent()).toBe('A');
  const header = page.locator('.header .agent__avatar');
  expect([await header.textContent(), await header.locator('canvas').count()]).toEqual(['B', 0]);
  server.setResponder({ responder: 'assistant' });
  await header.waitFor({ state: 'detached' });
});
