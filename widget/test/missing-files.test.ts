import { closeContexts, sharedBrowser } from '@firstword/testing/browser';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPanel, visit } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await sharedBrowser();
});
afterAll(() => closeContexts(browser));

/** Otherwise the panel is loaded before its file is removed. */
const notFetchedAhead = { before: 'window.requestIdleCallback = () => 0' };

/** Removes files, as an update of the server does. Returns a function that restores them. */
async function loseFiles(page: Page, file: RegExp): Promise<() => Promise<void>> {
  await page.route(file, (route) => route.fulfill({ status: 404, body: '{}' }));
  return () => page.unroute(file);
}

test.each([
  ['en', 'The chat couldn’t load. Try again', 'Ask a question'],
  ['ja', 'チャットを読み込めませんでした。再試行', '質問する'],
])('the launcher says in %s that the panel could not be loaded, and tries again', async (locale, failure, label) => {
  await using shown = await visit(browser, { ...notFetchedAhead, attributes: `data-locale="${locale}"` });
  const { page } = shown;
  await page.evaluate(`window.failures = []; firstword('on', 'error', (error) => failures.push(error.code))`);
  const restore = await loseFiles(page, /\/assets\/panel-/);
  await page.click('.launcher');
  const notice = page.getByRole('alert').filter({ hasText: failure });
  await notice.waitFor();
  expect(await page.locator('.launcher').getAttribute('aria-label')).toBe(failure);
  expect(await page.locator('.launcher').getAttribute('aria-expanded')).toBe('false');
  expect(await page.evaluate('failures')).toEqual(['panel-unreachable']);
  const box = await notice.boundingBox();
  expect(box?.x).toBeGreaterThanOrEqual(0);

  await notice.click();
  await notice.waitFor();
  await restore();
  await notice.click();
  await page.getByRole('dialog').waitFor();
  expect(await page.getByRole('alert').count()).toBe(0);
  await page.keyboard.press('Escape');
  expect(await page.locator('.launcher').getAttribute('aria-label')).toBe(label);
});

test('a failed prefetch of the panel shows no message', async () => {
  await using shown = await visit(browser, notFetchedAhead);
  const { page } = shown;
  const restore = await loseFiles(page, /\/assets\/panel-/);
  const failed = page.evaluate(`new Promise((resolve) => firstword('on', 'error', resolve))`);
  await page.hover('.launcher');
  expect(await failed).toEqual({ code: 'panel-unreachable' });
  expect(await page.getByRole('alert').count()).toBe(0);
  await restore();
  await openPanel(page);
});

test('an open chat keeps its cards when an update removes their files', async () => {
  await using shown = await visit(browser);
  const { page, server } = shown;
  const fetched = page.waitForResponse((response) => response.url().includes('/assets/extras-'));
  await openPanel(page);
  await fetched;
  await loseFiles(page, /\/assets\//);
  server.setResponder({ responder: 'waiting-agent', ticketId: 't-1', label: 'Someone will reply here' });
  await page.locator('.card').getByText('Someone will reply here').waitFor();
  expect(await page.locator('.banner').count()).toBe(0);
});

test.each([
  ['by itself', 'extras', undefined],
  ['by itself, in its language', 'extra-texts-de', 'data-locale="de"'],
])('an open chat shows a part that could not be loaded once it can be, %s', async (_, file, attributes = '') => {
  await using shown = await visit(browser, { attributes });
  const { page, server } = shown;
  const restore = await loseFiles(page, new RegExp(`/assets/${file}-`));
  await openPanel(page);
  const missed = page.waitForResponse((response) => response.url().includes(`/assets/${file}-`) && !response.ok());
  server.setResponder({ responder: 'waiting-agent', ticketId: 't-1', label: 'Someone will reply here' });
  await missed;
  await page.waitForRequest((request) => request.url().includes(`/assets/${file}-`));
  await restore();
  await page.locator('.card').getByText('Someone will reply here').waitFor();
  await page.locator('.banner').waitFor({ state: 'detached' });
});

/** Without it, the panel asks again by itself before the test does. */
const noLaterTries = {
  before:
    'const later = setTimeout; window.setTimeout = (act, ms, ...more) => (ms >= 1000 ? 0 : later(act, ms, ...more))',
};

test('a message names a part of the panel that could not be loaded, and loads it on request', async () => {
  await using shown = await visit(browser, noLaterTries);
  const { page, server } = shown;
  const restore = await loseFiles(page, /\/assets\/extras-/);
  await openPanel(page);
  server.setResponder({ responder: 'waiting-agent', ticketId: 't-1', label: 'Someone will reply here' });
  const notice = page.locator('.banner').getByText('Part of the chat couldn’t load.');
  await notice.waitFor();
  await restore();
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.locator('.card').getByText('Someone will reply here').waitFor();
  expect(await notice.count()).toBe(0);
});

test('if its language cannot be loaded, the panel is English, says so, and loads the language on request', async () => {
  await using shown = await visit(browser, { ...noLaterTries, attributes: 'data-locale="de"' });
  const { page } = shown;
  const restore = await loseFiles(page, /\/assets\/texts-de-/);
  await openPanel(page);
  await page.getByPlaceholder('Write a message').waitFor();
  await restore();
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByPlaceholder('Nachricht schreiben').waitFor();
  await page.locator('.banner').waitFor({ state: 'detached' });
});
