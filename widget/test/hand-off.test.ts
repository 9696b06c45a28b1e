import { closeContexts, sharedBrowser } from '@firstword/testing/browser';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, openPanel, visit } from './browser.ts';

const TICKET = '0b9f4f0e-5f0c-4a55-9a51-1f6a0c1de001';
let browser: Browser;
beforeAll(async () => {
  browser = await sharedBrowser();
});
afterAll(() => closeContexts(browser));

test('a visitor who waits for an agent can leave an email address, confirm it by a code, and change it', async () => {
  await using shown = await visit(browser);
  const { page, server, complaints } = shown;
  await openPanel(page);
  server.setResponder({ responder: 'waiting-agent', ticketId: TICKET, label: 'Someone will reply here' });
  const field = page.getByRole('textbox', { name: 'Where should we reply if you leave?' });
  await field.fill('nowhere');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('alert').getByText('Enter a valid email address.').waitFor();
  expect(await field.getAttribute('aria-invalid')).toBe('true');

  const noted = server.next('contact-set');
  await field.fill('visitor@shop.example');
  await field.press('Enter');
  expect(await noted).toEqual({ email: 'visitor@shop.example' });
  const code = page.getByRole('textbox', { name: 'Enter the 6-digit code we sent to visitor@shop.example.' });
  server.script.refuse['contact-confirm'] = { ok: false, code: 'conflict', message: 'Another code was sent.' };
  await code.fill('111 111');
  await page.getByRole('button', { name: 'Confirm' }).click();
  await page.getByRole('alert').getByText('That code isn’t right or has expired.').waitFor();
  delete server.script.refuse['contact-confirm'];
  const confirmed = server.next('contact-confirm');
  await code.fill('123 456');
  await code.press('Enter');
  expect(await confirmed).toEqual({ code: '123456' });
  await page.getByText('If you leave, we’ll reply to visitor@shop.example.').waitFor();

  server.setResponder({ responder: 'agent', ticketId: TICKET, agent: { name: 'An agent', online: true } });
  await page.locator('.card').waitFor({ state: 'hidden' });
  await page.reload();
  await page.getByRole('dialog').waitFor();
  await page.getByText('If you leave, we’ll reply to visitor@shop.example.').waitFor();
  await page.getByRole('button', { name: 'Change' }).click();
  expect(await field.inputValue()).toBe('visitor@shop.example');
  expect(complaints).toEqual([]);
});

test.each([
  ['during opening hours', '2026-11-30T10:00:00Z', 'Someone will reply here'],
  ['outside them', '2026-11-24T12:00:00Z', /back Monday.*9:00.*The reply will appear here\.$/],
])('without a mail server no email address is asked for, %s', async (_, now, says) => {
  await using shown = await visit(browser, {
    script: {
      mail: false,
      now: Date.parse(now),
      hours: { timeZone: 'UTC', open: [{ days: ['mon'], from: '09:00', to: '17:00' }] },
    },
    context: { timezoneId: 'UTC' },
  });
  const { page, server } = shown;
  await openPanel(page);
  server.setResponder({ responder: 'waiting-agent', ticketId: TICKET, label: 'Someone will reply here' });
  await page.locator('.card').getByText(says).waitFor();
  expect(await page.getByRole('textbox', { name: 'Where should we reply if you leave?' }).count()).toBe(0);
  server.setResponder({ responder: 'agent', ticketId: TICKET, agent: { name: 'An agent', online: true } });
  await page.locator('.card').waitFor({ state: 'hidden' });
  expect(await page.locator('.contact').count()).toBe(0);
});

test('a visitor who waits for an agent can continue with the assistant instead', async () => {
  await using shown = await visit(browser);
  const { page, server, complaints } = shown;
  await openPanel(page);
  server.setResponder({ responder: 'waiting-agent', ticketId: TICKET, label: 'Someone will reply here' });
  const cancelled = server.next('hand-off-cancel');
  await page.getByRole('button', { name: 'Never mind, continue with the assistant' }).click();
  expect(await cancelled).toEqual({});
  await page.locator('.card').waitFor({ state: 'hidden' });
  expect(complaints).toEqual([]);
});

test('a visitor sees that the agent has left, and can ask the assistant meanwhile', async () => {
  await using shown = await visit(browser);
  const { page, server, complaints } = shown;
  await openPanel(page);
  const agent = { name: 'An agent', online: true };
  server.setResponder({ responder: 'agent', ticketId: TICKET, agent });
  server.sendMessage({ from: 'agent', text: 'One moment, please.', agent });
  await page.locator('.agent').waitFor();
  server.setResponder({ responder: 'agent', ticketId: TICKET, agent: { ...agent, online: false } });
  const card = page.getByRole('region', { name: 'An agent isn’t here right now' });
  await card.waitFor();
  // The last message is the agent's, so there is no question for the assistant.
  expect(await card.getByRole('button', { name: 'Ask the assistant meanwhile' }).count()).toBe(0);

  server.sendMessage({ from: 'visitor', text: 'Are you there?' });
  const cancelled = server.next('hand-off-cancel');
  await card.getByRole('button', { name: 'Ask the assistant meanwhile' }).click();
  expect(await cancelled).toEqual({});
  await card.waitFor({ state: 'hidden' });
  expect(complaints).toEqual([]);
});

test('a visitor whose agent does not reply for five minutes is offered the assistant', async () => {
  await using shown = await visit(browser);
  const { page, server } = shown;
  await openPanel(page);
  const agent = { name: 'An agent', online: true };
  server.setResponder({ responder: 'agent', ticketId: TICKET, agent });
  server.sendMessage({ from: 'visitor', text: 'Are you there?', at: Date.now() - 4 * 60_000 });
  await page.locator('.own').waitFor();
  expect(await page.getByText('Still waiting for a reply').count()).toBe(0);
  server.sendMessage({ from: 'visitor', text: 'Hello?', at: Date.now() - 5 * 60_000 });
  await page.getByText('Still waiting for a reply').waitFor();
  await page.getByRole('button', { name: 'Ask the assistant meanwhile' }).waitFor();
});

test('an email address that could not be saved is not shown as saved', async () => {
  await using shown = await visit(browser, {
    script: { refuse: { 'contact-set': { ok: false, code: 'unavailable', message: 'no' } } },
  });
  const { page, server } = shown;
  await openPanel(page);
  server.setResponder({ responder: 'agent', ticketId: TICKET });
  const field = page.getByRole('textbox', { name: 'Where should we reply if you leave?' });
  await field.fill('visitor@shop.example');
  await field.press('Enter');
  await page.getByText('That couldn’t be saved. Try again.').waitFor();
  server.script.refuse = {};
  await field.press('Enter');
  await page.getByText('Enter the 6-digit code we sent to visitor@shop.example.').waitFor();
});

test.each([
  ['on a Tuesday', '2026-11-24T12:00:00Z', 'We’re away right now'],
  ['on a Monday at ten', '2026-11-30T10:00:00Z', 'We’ve passed this to our team'],
])('with opening hours on Mondays, a visitor who waits %s sees when the team is back', async (_, now, title) => {
  await using shown = await visit(browser, {
    script: { now: Date.parse(now), hours: { timeZone: 'UTC', open: [{ days: ['mon'], from: '09:00', to: '17:00' }] } },
    context: { timezoneId: 'UTC' },
  });
  const { page, server } = shown;
  await openPanel(page);
  server.setResponder({ responder: 'waiting-agent', ticketId: TICKET, label: 'Someone will reply here' });
  await page.getByRole('textbox', { name: 'Where should we reply if you leave?' }).waitFor();
  await page.locator('.card').getByText(title).waitFor();
  const says = /back Monday.*9:00/;
  expect(await page.getByText(says).count()).toBe(title === 'We’re away right now' ? 1 : 0);
});

test('the home page and the card of a visitor who waits say how soon the team usually replies', async () => {
  await using shown = await visit(browser, { script: { replyMinutes: 10 } });
  const { page, server } = shown;
  await openPanel(page);
  server.sendMessage({ from: 'visitor', text: 'Where is my order?' });
  server.setResponder({ responder: 'waiting-agent', ticketId: TICKET });
  const usual = 'Our team usually replies in under 10 minutes.';
  await page.locator('.card').getByText(usual).waitFor();
  await page.locator('.home-button').click();
  await page.getByRole('region', { name: 'Home' }).getByText(usual).waitFor();
});

test.each([
  ['outside of its hours', { now: Date.parse('2026-11-24T12:00:00Z') }, 0, 'Our team will be back Monday'],
  ['once the visitor has waited longer', { now: undefined }, 11 * 60_000, undefined],
])('no usual time is shown to a visitor who waits %s', async (_, script, agoMs, says) => {
  const hours = { timeZone: 'UTC', open: [{ days: ['mon' as const], from: '09:00', to: '17:00' }] };
  await using shown = await visit(browser, {
    script: { ...script, replyMinutes: 10, ...(says !== undefined && { hours }) },
    context: { timezoneId: 'UTC' },
  });
  const { page, server } = shown;
  server.sendMessage({ from: 'visitor', text: 'Where is my order?', at: (script.now ?? Date.now()) - agoMs });
  await openPanel(page);
  server.setResponder({ responder: 'waiting-agent', ticketId: TICKET });
  await page.locator('.card').waitFor();
  expect(await page.locator('.card').getByText('usually').count()).toBe(0);
  await page.locator('.home-button').click();
  const home = page.getByRole('region', { name: 'Home' });
  await home.getByText(says ?? 'Our team usually replies in under 10 minutes.').waitFor();
});

test('a message of an agent shows links, emphasis and lists, and keeps its lines', async () => {
  await using shown = await visit(browser);
  const { page, server } = shown;
  await openPanel(page);
  const text = 'See https://shop.example/returns，or **this**:\nnext line\n\n1. first\n2. second';
  server.sendMessage({ from: 'agent', text, agent: { name: 'An agent' } });
  const bubble = page.locator('.agent__bubble');
  await bubble.locator('ol li').nth(1).waitFor();
  expect(await bubble.locator('a').getAttribute('href')).toBe('https://shop.example/returns');
  expect(await bubble.locator('strong').textContent()).toBe('this');
  expect(await bubble.locator('br').count()).toBe(1);
});

test('the visitor’s last message to an agent says that it has arrived, and then that it was read', async () => {
  await using shown = await visit(browser);
  const { page, server } = shown;
  await openPanel(page);
  await ask(page, 'Where is my order?');
  await page.locator('.actions').waitFor();
  const marks = page.locator('.delivered');
  expect(await marks.count()).toBe(0);
  server.setResponder({ responder: 'agent', agent: { name: 'An agent', online: true } });
  await marks.getByText('Delivered').waitFor();
  await ask(page, 'Are you there?');
  await expect.poll(() => page.locator('.own').last().textContent()).toContain('Delivered');
  expect(await marks.count()).toBe(1);
  server.emit('seen', { seq: server.messages.length });
  await expect.poll(() => marks.textContent()).toBe('Seen');
  // The assistant answers again.
  server.setResponder({ responder: 'assistant' });
  await expect.poll(() => marks.count()).toBe(0);
});
