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

test('the pre-chat form comes before the first message and shows errors at their fields', async () => {
  const preChat = {
    name: 'required',
    email: 'optional',
    question: { label: 'Order number', required: false },
  } as const;
  await using shown = await visit(browser, { script: { preChat }, context: { bypassCSP: true } });
  const { page, server } = shown;
  await openPanel(page);
  const name = page.getByRole('textbox', { name: 'Your name' });
  await expect.poll(() => name.evaluate((field) => field.matches(':focus'))).toBe(true);
  expect(await page.getByRole('textbox', { name: 'Write a message' }).count()).toBe(0);
  expect(await page.getByRole('button', { name: 'Skip' }).count()).toBe(0);
  await page.getByRole('textbox', { name: 'Email address (optional)' }).fill('visitor@nowhere');
  await page.getByRole('button', { name: 'Start chat' }).click();
  expect(await page.getByRole('textbox', { description: 'This field is required.' }).getAttribute('name')).toBe('name');
  const wrong = page.getByRole('textbox', { description: 'Enter a valid email address.' });
  expect(await wrong.getAttribute('aria-invalid')).toBe('true');
  expect(await violations(page)).toEqual([]);

  await name.fill('A visitor');
  await wrong.fill('visitor@shop.example');
  await page.getByRole('textbox', { name: 'Order number (optional)' }).fill('48213');
  const saved = server.next('pre-chat-set');
  await page.keyboard.press('Enter');
  expect(await saved).toEqual({ name: 'A visitor', email: 'visitor@shop.example', answer: '48213' });
  const composer = page.getByRole('textbox', { name: 'Write a message' });
  await expect.poll(() => composer.evaluate((field) => field.matches(':focus'))).toBe(true);
  await ask(page, 'Hello');
  await page.locator('.actions').waitFor();
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('menuitem', { name: 'Talk to our team' }).click();
  // It is not asked for again, but has to be confirmed before replies go there.
  const field = page.getByRole('textbox', { name: 'Where should we reply if you leave?' });
  expect(await field.inputValue()).toBe('visitor@shop.example');
  await field.press('Enter');
  await page.getByText('Enter the 6-digit code we sent to visitor@shop.example.').waitFor();
});

test('what is entered survives a page load, and is forgotten once it is sent or another visitor signs in', async () => {
  await using shown = await visit(browser, { script: { preChat: { name: 'required', email: 'optional' } } });
  const { page, server } = shown;
  await openPanel(page);
  const [name, email] = [page.locator('[name=name]'), page.locator('[name=email]')];
  await name.fill('A visitor');
  await email.fill('visitor@');
  await page.reload();
  await expect.poll(() => name.inputValue()).toBe('A visitor');
  expect(await email.inputValue()).toBe('visitor@');
  await email.fill('visitor@shop.example');
  const saved = server.next('pre-chat-set');
  await email.press('Enter');
  expect(await saved).toEqual({ name: 'A visitor', email: 'visitor@shop.example' });
  const kept = () => page.evaluate(() => JSON.stringify({ ...sessionStorage }).includes('A visitor'));
  await expect.poll(kept).toBe(false);
  await page.reload();
  await name.fill('A visitor');
  expect(await kept()).toBe(true);
  await page.evaluate(`firstword('identify', { token: null })`);
  await expect.poll(kept).toBe(false);
  await expect.poll(() => name.inputValue()).toBe('');
});

test('a form without required fields can be skipped, in the visitor’s language', async () => {
  await using shown = await visit(browser, {
    script: { preChat: { name: 'optional' } },
    attributes: 'data-locale="de"',
  });
  const { page, server, complaints } = shown;
  await openPanel(page);
  await page.getByRole('textbox', { name: 'Ihr Name (optional)' }).waitFor();
  expect(await page.getByRole('button', { name: 'Where is my order?' }).count()).toBe(0);
  await page.getByRole('button', { name: 'Überspringen' }).click();
  await page.getByRole('button', { name: 'Where is my order?' }).click();
  await page.locator('.actions').waitFor();
  expect(server.received.map(({ event }) => event)).not.toContain('pre-chat-set');
  expect(complaints).toEqual([]);
});

test('a form that could not be saved shows an error and keeps its values', async () => {
  await using shown = await visit(browser, {
    script: {
      preChat: { name: 'required' },
      refuse: { 'pre-chat-set': { ok: false, code: 'unavailable', message: 'later' } },
    },
  });
  const { page, server } = shown;
  await openPanel(page);
  await page.getByRole('textbox', { name: 'Your name' }).fill('A visitor');
  await page.getByRole('button', { name: 'Start chat' }).click();
  await page.getByText('That couldn’t be saved. Try again.').waitFor();
  server.script.refuse = {};
  await page.getByRole('button', { name: 'Start chat' }).click();
  await page.getByRole('textbox', { name: 'Write a message' }).waitFor();
});
