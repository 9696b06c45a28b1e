import { closeContexts, sharedBrowser } from '@firstword/testing/browser';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, openPanel, visit } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await sharedBrowser();
});
afterAll(() => closeContexts(browser));

test('two tabs share the conversation and its read mark, but not the draft', async () => {
  await using shown = await visit(browser);
  const { page: first, server } = shown;
  await openPanel(first);
  const second = await first.context().newPage();
  await second.goto(server.url);
  await openPanel(second);
  await second.fill('textarea', 'Half a thought');
  await ask(first, 'Hello');
  await second.locator('.own').getByText('Hello').waitFor();
  await second.locator('.actions').waitFor();
  expect(await second.locator('.list > li').allTextContents()).toEqual(
    await first.locator('.list > li').allTextContents(),
  );
  expect(await second.locator('textarea').inputValue()).toBe('Half a thought');
  expect(await first.locator('textarea').inputValue()).toBe('');

  await first.keyboard.press('Escape');
  await second.keyboard.press('Escape');
  server.sendMessage({ from: 'agent', text: 'Are you there?', agent: { name: 'An agent' } });
  await first.locator('.badge').getByText('1').waitFor();
  await second.click('.launcher');
  await first.locator('.badge').waitFor({ state: 'hidden' });
});

test('what was sent to a conversation that another tab replaced at that moment is sent to the other one, too', async () => {
  await using shown = await visit(browser);
  const { page: first, server } = shown;
  const second = await first.context().newPage();
  await second.goto(server.url);
  await openPanel(first);
  await ask(first, 'Hello');
  await first.locator('.actions').waitFor();
  const again = server.next('message-send');
  server.startAnother();
  await second.evaluate(`localStorage.setItem('firstword:acme:person', '{"id":"x","readSeq":0,"conversation":"other"}');
    localStorage.setItem('firstword:acme', 'other-token')`);
  expect(await again).toMatchObject({ text: 'Hello' });
});

test('the read mark of another device applies here, and one set while disconnected is sent afterwards', async () => {
  await using shown = await visit(browser);
  const { page, server } = shown;
  await openPanel(page);
  await ask(page, 'Hello');
  await page.locator('.actions').waitFor();
  await page.keyboard.press('Escape');
  const { seq } = server.sendMessage({ from: 'agent', text: 'Are you there?', agent: { name: 'An agent' } });
  await page.locator('.badge').getByText('1').waitFor();
  server.emit('read', { seq });
  await page.locator('.badge').waitFor({ state: 'hidden' });
  const readSent = server.next('read');
  server.cut();
  expect(await readSent).toEqual({ seq });
});

test('a page in the back/forward cache has no socket and continues the conversation when restored', async () => {
  await using shown = await visit(browser);
  const { page, server } = shown;
  await openPanel(page);
  await ask(page, 'Hello');
  await page.locator('.actions').waitFor();
  await page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))");
  await expect.poll(() => server.connected()).toBe(0);
  server.sendMessage({ from: 'agent', text: 'While you were away.', agent: { name: 'An agent' } });
  await page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
  await page.locator('.list').getByText('While you were away.').waitFor();
  expect(await page.locator('.own').count()).toBe(1);
});

test('a message written while offline says so, and is sent once the network is back', async () => {
  await using shown = await visit(browser);
  const { page, server } = shown;
  await openPanel(page);
  server.script.refuseConnection = { code: 'draining', retryAfterMs: 600_000 };
  server.cut();
  await ask(page, 'Are you there?');
  await page.getByText('We’ll send this when you’re back online.').waitFor();
  server.script.refuseConnection = undefined;
  await page.evaluate("dispatchEvent(new Event('online'))");
  await page.locator('.actions').waitFor();
  expect(await page.locator('.own').count()).toBe(1);
});

test('a regenerated answer appears below the first one', async () => {
  await using shown = await visit(browser, { script: { answer: 'The first answer.' } });
  const { page, server } = shown;
  await openPanel(page);
  await ask(page, 'Hello');
  await page.locator('.actions').waitFor();
  server.script.answer = 'The second answer.';
  await page.getByRole('button', { name: 'Answer again' }).click();
  await page.getByText('The second answer.').first().waitFor();
  expect(await page.locator('.answer__text').allTextContents()).toEqual(['The first answer.', 'The second answer.']);
  expect(await page.getByRole('button', { name: 'Answer again' }).count()).toBe(1);
});
