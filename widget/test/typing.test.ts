import { violations } from '@firstword/testing/axe';
import { closeContexts, sharedBrowser } from '@firstword/testing/browser';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, openPanel, visit } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await sharedBrowser();
});
afterAll(() => closeContexts(browser));

const NOTE = 'The assistant reads your question as you type';

test('a site that answers while visitors type says so below the field, and gets the draft before the message', async () => {
  await using shown = await visit(browser, { script: { answerWhileTyping: true }, context: { bypassCSP: true } });
  const { page, server, complaints, requests } = shown;
  await page.focus('.launcher');
  await openPanel(page);
  await page.getByText(NOTE).waitFor();
  expect(await page.locator('textarea').getAttribute('aria-describedby')).toBe('typing-note');
  await expect.poll(() => requests.filter((path) => path.includes('/typing-'))).toHaveLength(1);
  expect(await violations(page)).toEqual([]);
  const sent = server.next('draft');
  // At once, because a busy machine pauses between keys; the rhythm has tests of its own.
  await page.locator('textarea').fill('where is my order');
  expect(await sent).toEqual({ text: 'where is my order' });
  await page.keyboard.press('Enter');
  await page.locator('.answer[aria-busy=false]').waitFor();
  const events = server.received.map(({ event }) => event).filter((event) => event !== 'read');
  expect(events.slice(0, 2)).toEqual(['draft', 'message-send']);
  const next = server.next('draft');
  await page.locator('textarea').pressSequentially('Why?');
  expect(await next).toEqual({ text: 'Why?' });
  expect(complaints).toEqual([]);
});

test('no draft is sent once an agent has the conversation, and the note is gone', async () => {
  await using shown = await visit(browser, { script: { answerWhileTyping: true } });
  const { page, server } = shown;
  await openPanel(page);
  await page.getByText(NOTE).waitFor();
  server.setResponder({ responder: 'agent', ticketId: 't1', agent: { name: 'Agent', online: true } });
  await page.getByText(NOTE).waitFor({ state: 'detached' });
  await ask(page, 'Where is my order?');
  await expect.poll(() => server.received.map(({ event }) => event)).toContain('message-send');
  expect(server.received.map(({ event }) => event)).not.toContain('draft');
});

test('a site without it loads and sends nothing for it', async () => {
  await using shown = await visit(browser);
  const { page, server, requests } = shown;
  await openPanel(page);
  await page.locator('textarea').pressSequentially('where is my order?');
  await page.keyboard.press('Enter');
  await page.locator('.answer[aria-busy=false]').waitFor();
  expect(server.received.map(({ event }) => event)).not.toContain('draft');
  expect(requests.filter((path) => path.includes('typing-'))).toEqual([]);
  expect(await page.getByText(NOTE).count()).toBe(0);
});
