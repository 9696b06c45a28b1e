import { closeContexts, sharedBrowser } from '@firstword/testing/browser';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, openPanel, visit } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await sharedBrowser();
});
afterAll(() => closeContexts(browser));

const texts = (messages: readonly { from: string; text: string }[]) =>
  messages.filter(({ from }) => from === 'visitor').map(({ text }) => text);

test('a message sent while an answer streams replaces that answer, whose text stays without a note', async () => {
  const answer = 'A long answer that goes on and on. '.repeat(20);
  await using shown = await visit(browser, { script: { answer, pieceMs: 40 } });
  const { page, server, complaints } = shown;
  await openPanel(page);
  await ask(page, 'How long may I return an item?');
  await page.locator('.list').getByText('A long answer').waitFor();
  const stop = page.getByRole('button', { name: 'Stop' });
  await page.fill('textarea', 'And a used one?');
  await stop.waitFor();
  await page.getByRole('button', { name: 'Send' }).waitFor();
  server.script.answer = 'Used items, too.';
  await page.press('textarea', 'Enter');
  await page.locator('.list').getByText('Used items, too.').waitFor();
  expect(texts(server.messages)).toEqual(['How long may I return an item?', 'And a used one?']);
  expect(await page.locator('.answer').count()).toBe(2);
  expect(await page.locator('.note').count()).toBe(0);
  await expect.poll(() => stop.count()).toBe(0);
  expect(complaints).toEqual([]);
});

test('of two quick messages the second is answered, and the first leaves no empty answer', async () => {
  await using shown = await visit(browser, { script: { firstMs: 1500 } });
  const { page, server } = shown;
  await openPanel(page);
  await ask(page, 'My order is late.');
  await expect.poll(() => server.messages.length).toBe(1);
  await ask(page, 'Can I cancel it?');
  await page.locator('.actions').waitFor();
  expect(await page.locator('.list > li').count()).toBe(3);
  expect(await page.locator('.note').count()).toBe(0);
});

test('a double click or a repeated Enter sends once', async () => {
  await using shown = await visit(browser);
  const { page, server } = shown;
  await openPanel(page);
  const suggestion = page.locator('.suggestions button').first();
  await suggestion.evaluate((button) => {
    for (let clicks = 0; clicks < 2; clicks += 1) (button as HTMLElement).click();
  });
  await page.locator('.actions').waitFor();
  await page.fill('textarea', 'Twice?');
  await page.locator('textarea').evaluate((field) => {
    for (let keys = 0; keys < 2; keys += 1)
      field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
  });
  await page.locator('.actions').nth(1).waitFor();
  await page.getByRole('button', { name: 'Answer again' }).evaluate((button) => {
    for (let clicks = 0; clicks < 2; clicks += 1) (button as HTMLElement).click();
  });
  await page.locator('.actions').nth(2).waitFor();
  expect(texts(server.messages)).toEqual(['Where is my order?', 'Twice?']);
  expect(server.received.filter(({ event }) => event === 'turn-retry')).toHaveLength(1);
});

test('a duplicated tab does not send the unsent messages again', async () => {
  await using shown = await visit(browser);
  const { page, server } = shown;
  await openPanel(page);
  await ask(page, 'Hello');
  await page.locator('.actions').waitFor();
  server.script.refuseConnection = { code: 'draining', retryAfterMs: 600_000 };
  server.cut();
  await ask(page, 'Are you there?');
  const copy = await page.evaluate(() => JSON.stringify({ ...sessionStorage }));
  const second = await page.context().newPage();
  await second.addInitScript(`for (const [key, value] of Object.entries(${copy})) sessionStorage.setItem(key, value)`);
  await second.goto(server.url);
  server.script.refuseConnection = undefined;
  await Promise.all([page, second].map((tab) => tab.evaluate("dispatchEvent(new Event('online'))")));
  for (const tab of [page, second]) {
    await expect.poll(() => tab.locator('.own').allTextContents()).toHaveLength(2);
    await expect.poll(() => tab.locator('.bubble--pending').count()).toBe(0);
  }
  expect(texts(server.messages)).toEqual(['Hello', 'Are you there?']);
});

test('without browser storage, the conversation continues after a reconnect, and files can be sent', async () => {
  const refused = `for (const name of ['localStorage', 'sessionStorage'])
    Object.defineProperty(window, name, { get() { throw new DOMException('denied', 'SecurityError') } });`;
  await using shown = await visit(browser, {
    before: refused,
    script: { uploads: { maxMb: 1, types: ['txt'] } },
  });
  const { page, server, complaints } = shown;
  await openPanel(page);
  await ask(page, 'Hello');
  await page.locator('.actions').waitFor();
  await page.fill('textarea', 'Half a thought');
  server.cut();
  await expect.poll(() => server.handshakes.length).toBe(2);
  expect(server.handshakes[1]).toMatchObject({ session: 'session-token' });
  const note = { name: 'a note.txt', mimeType: 'text/plain', buffer: Buffer.from('Hello') };
  await page.locator('input[type=file]').setInputFiles(note);
  await page.getByRole('button', { name: 'Download a note.txt' }).waitFor();
  expect(server.received.find(({ event }) => event === 'file')?.payload).toBe('Bearer session-token');
  expect(await page.locator('textarea').inputValue()).toBe('Half a thought');
  expect(await page.locator('.own').count()).toBe(2);
  expect(complaints).toEqual([]);
});
