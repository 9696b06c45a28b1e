import { closeContexts, sharedBrowser } from '@firstword/testing/browser';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, openPanel, visit } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await sharedBrowser();
});
afterAll(() => closeContexts(browser));

const HOW = 'How would you rate this conversation?';

test('a resolved ticket asks once for a rating and an optional comment', async () => {
  await using shown = await visit(browser);
  const { page, server, complaints } = shown;
  await openPanel(page);
  await ask(page, 'Where is it?');
  await page.locator('.actions').waitFor();
  server.sendMessage({ from: 'system', text: 'We’ve marked this as resolved.', notice: 'resolved' });
  await page.getByText(HOW).waitFor();
  server.script.refuse = { 'conversation-rate': { ok: false, code: 'unavailable', message: 'no' } };
  await page.getByRole('button', { name: '2 out of 5' }).click();
  await page.getByRole('alert').getByText('That couldn’t be saved. Try again.').waitFor();
  server.script.refuse = {};
  const scored = server.next('conversation-rate');
  await page.getByRole('button', { name: '4 out of 5' }).click();
  expect(await scored).toEqual({ score: 4 });
  const commented = server.next('conversation-rate');
  await page.getByRole('textbox', { name: 'Anything you’d like to add? (optional)' }).fill('Quick.');
  await page.keyboard.press('Enter');
  expect(await commented).toEqual({ score: 4, comment: 'Quick.' });
  await page.getByText('Thank you').waitFor();

  await page.reload();
  await page.getByRole('dialog').waitFor();
  await page.getByText('We’ve marked this as resolved.').waitFor();
  expect(await page.getByText(HOW).count()).toBe(0);
  const received = server.next('message-send');
  await ask(page, 'One more thing');
  await received;
  server.sendMessage({ from: 'system', text: 'Resolved again.', notice: 'resolved' });
  await page.getByText(HOW).waitFor();
  expect(complaints).toEqual([]);
});

test('a visitor who ends the chat can rate it, continue it or start a new conversation', async () => {
  await using shown = await visit(browser);
  const { page, server } = shown;
  await openPanel(page);
  await ask(page, 'Where is it?');
  await page.locator('.actions').waitFor();
  const end = async () => {
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('menuitem', { name: 'End chat' }).click();
    await page.getByText(HOW).waitFor();
  };
  await end();
  await page.getByRole('button', { name: 'Continue chat' }).click();
  await page.locator('textarea').waitFor();
  expect(await page.getByText(HOW).count()).toBe(0);
  await end();
  await page.getByRole('button', { name: 'New conversation' }).click();
  await expect.poll(() => server.handshakes.length).toBe(2);
  expect(server.handshakes[1]).toMatchObject({ startNew: true });
});

test('a thumbs down is sent at once and asks for a reason', async () => {
  await using shown = await visit(browser);
  const { page, server } = shown;
  await openPanel(page);
  await ask(page, 'Where is it?');
  const rated = server.next('rating-set');
  await page.getByRole('button', { name: 'Not helpful' }).click();
  expect(await rated).toMatchObject({ value: 'down' });
  const explained = server.next('rating-set');
  await page.getByRole('textbox', { name: 'What went wrong? (optional)' }).fill('Wrong article.');
  await page.keyboard.press('Enter');
  expect(await explained).toMatchObject({ value: 'down', reason: 'Wrong article.' });
});
