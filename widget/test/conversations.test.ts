import { closeContexts, sharedBrowser } from '@firstword/testing/browser';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, openPanel, visit } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await sharedBrowser();
});
afterAll(() => closeContexts(browser));

const home = (page: Page) => page.getByRole('region', { name: 'Home' });
const openHome = (page: Page) => page.getByRole('button', { name: 'Home', exact: false }).click();
async function startNew(page: Page) {
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('menuitem', { name: 'New conversation' }).click();
  await page.locator('.suggestions').waitFor();
}

test('the visitor starts a new conversation in the menu, and opens the one before on the home page', async () => {
  await using shown = await visit(browser);
  const { page, complaints } = shown;
  await openPanel(page);
  await ask(page, 'Where is my order?');
  await page.locator('.actions').waitFor();
  await startNew(page);
  await ask(page, 'Do you ship to Norway?');
  await page.locator('.actions').waitFor();
  await openHome(page);
  const rows = home(page).getByRole('listitem');
  await expect
    .poll(() => rows.allTextContents())
    .toEqual([expect.stringContaining('Do you ship to Norway?'), expect.stringContaining('Where is my order?')]);
  await rows.getByText('Where is my order?').click();
  await page.locator('.own').getByText('Where is my order?').waitFor();
  expect(await page.locator('.own').allTextContents()).toEqual(['You: Where is my order?']);
  expect(await home(page).count()).toBe(0);
  expect(complaints).toEqual([]);
});

test('the home page works by keyboard alone: it takes the focus, hides what it covers, and gives the focus back', async () => {
  await using shown = await visit(browser);
  const { page } = shown;
  await openPanel(page);
  await ask(page, 'Where is my order?');
  await page.locator('.actions').waitFor();
  await page.getByRole('button', { name: 'Home' }).press('Enter');
  const focused = () =>
    page.evaluate(`document.querySelector('[data-firstword]').shadowRoot.activeElement?.textContent`);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  expect(await focused()).toBe('New conversation');
  await page.keyboard.press('Tab');
  expect(await focused()).toContain('Where is my order?');
  // What is covered can't be reached.
  await page.keyboard.press('Tab');
  expect(await page.locator('textarea:focus, .scroll__box:focus').count()).toBe(0);
  await home(page).getByRole('button', { name: 'Where is my order?' }).press('Enter');
  await page.locator('textarea:focus').waitFor();
});

test('a reply in another conversation marks the launcher and the way to the list', async () => {
  await using shown = await visit(browser);
  const { page, server } = shown;
  await openPanel(page);
  await ask(page, 'Where is my order?');
  await page.locator('.actions').waitFor();
  await startNew(page);
  await page.keyboard.press('Escape');
  server.emit('other-message', { conversationId: '6f1f2d64-8f3c-4a32-9f0e-0d7c1a5a0001' });
  await page.getByRole('button', { name: 'Ask a question (1)' }).waitFor();
  await page.click('.launcher');
  await page.getByRole('button', { name: 'Home (Unread)' }).waitFor();
});

test('where the list can’t be loaded, the page says so and loads it on request', async () => {
  await using shown = await visit(browser);
  const { page, server } = shown;
  await openPanel(page);
  await ask(page, 'Where is my order?');
  await page.locator('.actions').waitFor();
  await startNew(page);
  server.script.refuse = { 'conversations-read': { ok: false, code: 'unavailable', message: 'Try again.' } };
  await openHome(page);
  await home(page).getByRole('alert').getByText('This couldn’t be loaded.').waitFor();
  server.script.refuse = {};
  await home(page).getByRole('button', { name: 'Try again' }).click();
  await home(page).getByText('Where is my order?').waitFor();
});

test('the visitor deletes a conversation in the list, and the one that is shown in the menu, after a question', async () => {
  await using shown = await visit(browser, { script: { dataRequests: true } });
  const { page, server } = shown;
  await openPanel(page);
  await ask(page, 'Where is my order?');
  await page.locator('.actions').waitFor();
  await startNew(page);
  await ask(page, 'Do you ship to Norway?');
  await page.locator('.actions').waitFor();
  await openHome(page);
  const question = page.getByRole('alertdialog', { name: 'Delete conversation' });
  const eraser = home(page).getByRole('button', { name: 'Delete conversation: Where is my order?' });
  await eraser.click();
  await question.getByRole('button', { name: 'Cancel' }).and(page.locator(':focus')).press('Enter');
  await eraser.and(page.locator(':focus')).press('Enter');
  server.script.refuseErasure = true;
  await question.getByRole('button', { name: 'Delete' }).click();
  await question.getByRole('alert').getByText('That didn’t work. Try again.').waitFor();
  server.script.refuseErasure = false;
  await question.getByRole('button', { name: 'Delete' }).click();
  await question.waitFor({ state: 'detached' });
  await expect.poll(() => home(page).getByRole('listitem').allTextContents()).toHaveLength(1);
  await home(page).getByText('Do you ship to Norway?').click();

  server.setResponder({ responder: 'waiting-agent' });
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('menuitem', { name: 'Delete conversation' }).click();
  await question.getByText('Our team won’t see it anymore and won’t reply.').waitFor();
  await question.getByRole('button', { name: 'Delete' }).click();
  await page.locator('.suggestions').waitFor();
  expect(await page.getByText('Do you ship to Norway?').count()).toBe(0);
});

test('a conversation that was deleted in another tab leaves the list that is shown', async () => {
  await using shown = await visit(browser);
  const { page, server } = shown;
  await openPanel(page);
  await ask(page, 'Where is my order?');
  await page.locator('.actions').waitFor();
  await startNew(page);
  await openHome(page);
  await home(page).getByText('Where is my order?').waitFor();
  const reads = () => server.received.filter(({ event }) => event === 'conversations-read').length;
  const before = reads();
  server.emit('other-erased', { conversationId: '6f1f2d64-8f3c-4a32-9f0e-0d7c1a5a0001' });
  await expect.poll(reads).toBeGreaterThan(before);
});
