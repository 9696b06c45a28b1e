import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, launchBrowser, visit } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

test('a page mounts the chat into an element: it fills it, takes no focus, answers, and leaves nothing', async () => {
  await using shown = await visit(browser, { path: '/inline', context: { bypassCSP: true } });
  const { page, server, complaints } = shown;
  await page.locator('.empty__greeting').waitFor();
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BODY');
  expect(await page.locator('.launcher').count()).toBe(0);
  expect(await page.getByRole('button', { name: 'Close chat' }).count()).toBe(0);
  const place = await page.locator('#chat').boundingBox();
  expect(await page.locator('.panel').boundingBox()).toEqual(place);

  await ask(page, 'Hello');
  await page.locator('.actions').waitFor();
  await page.keyboard.press('Escape');
  expect(await page.locator('.panel').isVisible()).toBe(true);
  expect(await page.evaluate('window.events')).toContain('message');
  await page.addScriptTag({ path: createRequire(import.meta.url).resolve('axe-core/axe.min.js') });
  const { violations } = await page.evaluate<AxeResults>('axe.run(document)');
  expect(violations.map(({ id }) => id)).toEqual([]);

  await page.evaluate('window.chat.shutdown()');
  expect(
    await page.evaluate(() => [document.querySelectorAll('[data-firstword]').length, localStorage.length]),
  ).toEqual([0, 0]);
  await expect.poll(() => server.connected()).toBe(0);
  expect(complaints).toEqual([]);
});
