import { closeContexts, sharedBrowser } from '@firstword/testing/browser';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, openPanel, visit } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await sharedBrowser();
});
afterAll(() => closeContexts(browser));

test('an agent’s reply to a closed chat is shown beside the launcher; a click opens the chat', async () => {
  await using shown = await visit(browser);
  const { page, server, complaints } = shown;
  await openPanel(page);
  await ask(page, 'Where is my order?');
  await page.locator('.actions').waitFor();
  server.sendMessage({ from: 'agent', text: 'Let me look.', agent: { name: 'An agent' } });
  await page.getByText('Let me look.').first().waitFor();
  await page.keyboard.press('Escape');
  const preview = page.locator('.preview');
  expect(await preview.count()).toBe(0);

  server.sendMessage({ from: 'agent', text: 'It **leaves** today.', agent: { name: 'An agent' } });
  await preview.getByText('It leaves today.').waitFor();
  expect(await preview.getAttribute('role')).toBe('status');
  await preview.getByRole('button', { name: 'Dismiss' }).click();
  await preview.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Ask a question (1)' }).waitFor();

  server.sendMessage({ from: 'agent', text: 'And arrives tomorrow.', agent: { name: 'An agent' } });
  await preview.getByText('And arrives tomorrow.').click();
  await page.locator('textarea:focus').waitFor();
  expect(await preview.count()).toBe(0);
  expect(complaints).toEqual([]);
});
