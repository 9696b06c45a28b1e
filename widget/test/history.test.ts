import { closeContexts, sharedBrowser } from '@firstword/testing/browser';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, visit } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await sharedBrowser();
});
afterAll(() => closeContexts(browser));

test('earlier messages load page by page without moving the list or being announced', async () => {
  await using shown = await visit(browser);
  const { page, server } = shown;
  for (let at = 1; at <= 65; at++) {
    server.sendMessage({ from: 'visitor', text: `Question ${at}` });
    server.sendMessage({ from: 'assistant', text: `Answer ${at}.`, turnId: `turn-${at}` });
  }
  await page.click('.launcher');
  await page.getByText('Answer 65.').waitFor();
  const rows = page.locator('.list > li');
  expect(await rows.count()).toBe(50);
  const earlier = page.getByRole('button', { name: 'Show earlier messages' });

  await page.locator('.scroll__box').evaluate((box) => box.scrollTo({ top: 0 }));
  const before = await page.getByText('Question 41', { exact: true }).boundingBox();
  await earlier.click();
  await expect.poll(() => rows.count()).toBe(80);
  await expect
    .poll(async () => (await page.getByText('Question 41', { exact: true }).boundingBox())?.y)
    .toBeCloseTo(before?.y ?? 0, -1);
  await earlier.click();
  await expect.poll(() => rows.count()).toBe(110);
  expect(await page.locator('[aria-live=polite]').textContent()).toBe('');

  await ask(page, 'And one more');
  await page.locator('.actions').last().waitFor();
  await expect.poll(() => rows.count()).toBe(52);
  await expect.poll(() => page.locator('[aria-live=polite]').textContent()).toBe('Hello there.');
  await earlier.click();
  await expect.poll(() => rows.count()).toBe(82);
  expect(await page.locator('[aria-live=polite]').textContent()).toBe('Hello there.');
});
