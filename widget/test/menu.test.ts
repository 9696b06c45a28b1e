import { readFile } from 'node:fs/promises';
import { closeContexts, sharedBrowser } from '@firstword/testing/browser';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, openPanel, visit } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await sharedBrowser();
});
afterAll(() => closeContexts(browser));

test('the transcript contains messages that are not loaded yet', async () => {
  await using shown = await visit(browser);
  const { page, server, complaints } = shown;
  for (let n = 1; n <= 120; n += 1)
    server.sendMessage({ from: 'agent', text: `Line ${n}.`, agent: { name: 'An agent' } });
  await openPanel(page);
  await page.getByText('Line 120.').waitFor();
  await page.getByRole('button', { name: 'Menu' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Save transcript' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('Harbour Coffee.txt');
  const lines = (await readFile(await download.path(), 'utf8')).split('\n').filter((line) => line.startsWith('Line '));
  expect(lines).toEqual(Array.from({ length: 120 }, (_, index) => `Line ${index + 1}.`));
  expect(complaints).toEqual([]);
});

test('sound is off by default; once on, it plays only for messages that arrive unseen', async () => {
  await using shown = await visit(browser, {
    before:
      'window.tones = 0; const Real = AudioContext; window.AudioContext = class extends Real { constructor() { super(); window.tones += 1; } };',
  });
  const { page, server } = shown;
  await openPanel(page);
  const tones = () => page.evaluate<number>('window.tones');
  const toggle = async () => {
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Sound for new messages' }).click();
  };
  await toggle();
  await expect.poll(tones).toBe(1);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  server.sendMessage({ from: 'agent', text: 'Are you there?', agent: { name: 'An agent' } });
  await expect.poll(tones).toBe(2);
  await page.click('.launcher');
  await toggle();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  server.sendMessage({ from: 'agent', text: 'Hello?', agent: { name: 'An agent' } });
  await expect.poll(() => page.title()).toBe('(1) Host page');
  expect(await tones()).toBe(2);
  await page.click('.launcher');
  await expect.poll(() => page.title()).toBe('Host page');
});

test('the arrow keys move through the menu and wrap around', async () => {
  await using shown = await visit(browser);
  const { page } = shown;
  await openPanel(page);
  await ask(page, 'Hello');
  await page.locator('.actions').waitFor();
  await page.getByRole('button', { name: 'Menu' }).press('Enter');
  const focused = page.locator('.menu__item:focus');
  expect(await focused.textContent()).toBe('Talk to our team');
  await page.keyboard.press('ArrowUp');
  expect(await focused.textContent()).toBe('New conversation');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  expect(await focused.textContent()).toBe('Save transcript');
});

test('the conversation is e-mailed on request, only to a confirmed address', async () => {
  await using shown = await visit(browser, { script: { contact: 'visitor@home.example' } });
  const { page, server } = shown;
  await openPanel(page);
  await ask(page, 'Hello');
  await page.locator('.actions').waitFor();
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('menuitem', { name: 'Email this conversation' }).click();
  await page.getByRole('menuitem', { name: 'Sent to visitor@home.example' }).waitFor();
  expect(server.received.filter(({ event }) => event === 'transcript-mail')).toHaveLength(1);
});
