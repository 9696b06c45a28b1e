import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { enter, openPage } from './browser.ts';
import { test } from './console-test.ts';
import { otherAgent } from './ticket-builders.ts';

test.beforeEach(async ({ page, server, openTicket }) => {
  await enter(page, server);
  await openTicket(/charged me twice/);
});

test('a proposal is approved unchanged', async ({ page, server, reply, button }) => {
  const text = await reply().inputValue();
  await button('Approve and send').click();
  await page.locator('.message--agent').waitFor();
  expect(server.actions).toMatchObject([
    { id: 't-1042', action: 'approve', body: { expectedVersion: 3, runId: 't-1042-run-2', text } },
  ]);
  expect(await reply().inputValue()).toBe('');
});

test('an approval by shortcut can be undone, and is then never sent', async ({ page, server, reply, button }) => {
  await page.keyboard.press('a');
  await page.getByText(/Sending in \d s/).waitFor();
  await page.keyboard.press('Escape');
  await page.getByText(/Sending in/).waitFor({ state: 'detached' });
  await page.keyboard.press('a');
  await button('Undo').click();
  await page.getByText(/Sending in/).waitFor({ state: 'detached' });
  await reply().fill('My own words');
  await button('Send edited reply').click();
  await page.locator('.message--agent').waitFor();
  expect(server.actions.map(({ body }) => body['text'])).toEqual(['My own words']);
});

test('leaving the ticket sends a delayed reply at once', async ({ page, server, openTicket }) => {
  await page.keyboard.press('a');
  await page.getByText(/Sending in/).waitFor();
  await openTicket(/linseed oil/);
  await expect.poll(() => server.actions.map(({ id, action }) => [id, action])).toEqual([['t-1042', 'approve']]);
});

test('the command “Write your own reply” keeps an edited draft', async ({ page, reply }) => {
  await reply().fill('Half a reply');
  await reply().press('Escape');
  await page.keyboard.press('t');
  await page.getByText('assigned to you').waitFor();
  expect(await reply().inputValue()).toBe('Half a reply');
});

test('the proposed reply replaces a draft only on request, and that can be undone', async ({ reply, button }) => {
  await button('Write your own reply').click();
  await reply().fill('My own words');
  await button('Use the proposed reply').click();
  await expect.poll(() => reply().inputValue()).toContain('voucher of €20');
  await button('Undo').click();
  expect(await reply().inputValue()).toBe('My own words');
});

test('the composer shows which other agent is writing, until they stop or leave', async ({ page, server }) => {
  const agentTyping = (on: boolean) => server.emit('agent-typing', { ticketId: 't-1042', agent: otherAgent, on });
  const line = page.getByText('Second Agent is writing');
  server.emit('presence', [{ ticketId: 't-1042', agents: [otherAgent] }]);
  agentTyping(true);
  await line.waitFor();
  agentTyping(false);
  await line.waitFor({ state: 'detached' });
  agentTyping(true);
  await line.waitFor();
  server.emit('presence', []);
  await line.waitFor({ state: 'detached' });
});

test('a draft is shown in another tab and in another browser, and is gone everywhere once it is sent', async ({
  page,
  browser,
  server,
  reply,
}) => {
  await reply().fill('A long answer, half written');
  const second = await page.context().newPage();
  await page.close();
  const shownIn = (where: Page) => where.getByRole('textbox', { name: /reply/i }).inputValue();
  await enter(second, server, '/console/tickets/t-1042');
  await expect.poll(() => shownIn(second)).toBe('A long answer, half written');
  await expect.poll(() => server.drafts.get('t-1042')?.text).toBe('A long answer, half written');

  const other = await openPage(browser, server.url);
  await enter(other.page, server, '/console/tickets/t-1042');
  await expect.poll(() => shownIn(other.page)).toBe('A long answer, half written');
  await other.page.getByRole('button', { name: 'Send edited reply' }).click();
  await expect.poll(() => server.drafts.size).toBe(0);
  await second.reload();
  await second.locator('.message--agent').waitFor();
  await expect.poll(() => shownIn(second)).toBe('');
  expect(other.problems).toEqual([]);
});

test('a draft that was written while the server was away is saved when its ticket is opened again', async ({
  page,
  server,
  reply,
}) => {
  await page.route('**/api/v1/drafts/**', (route) => route.abort());
  await reply().fill('Written in a tunnel');
  await page.unroute('**/api/v1/drafts/**');
  await page.reload();
  await expect.poll(() => reply().inputValue()).toBe('Written in a tunnel');
  await expect.poll(() => server.drafts.get('t-1042')?.text).toBe('Written in a tunnel');
});

test('after another agent’s reply, sending must be confirmed', async ({ page, server, reply, button }) => {
  await reply().fill('My own words');
  const message = server.tickets.addMessage('t-1042', { from: 'agent', text: 'I took care of it.' });
  server.emit('message', { ticketId: 't-1042', message: { ...message, agent: { name: otherAgent.name } } });
  await page.getByText('I took care of it.').waitFor();
  await button('Send edited reply').click();
  await page.getByText('Another agent replied while you were typing.').waitFor();
  expect(server.actions).toEqual([]);
  await button('Send anyway').click();
  await expect.poll(() => server.actions.length).toBe(1);
});

test('the preview shows the reply as its visitor will see it, and sends the same text', async ({
  page,
  server,
  reply,
  button,
}) => {
  await reply().fill('**Today** we ship:\n\n- one desk\n\n<img src=x onerror=alert(1)> [x](javascript:alert(1))');
  await button('Preview').click();
  const preview = page.getByRole('region', { name: 'As the visitor sees it' });
  expect(await preview.locator('li').allInnerTexts()).toEqual(['one desk']);
  expect(await preview.locator('strong').allInnerTexts()).toEqual(['Today']);
  expect(await preview.locator('img, a').count()).toBe(0);
  await button('Send edited reply').click();
  await expect.poll(() => String(server.actions[0]?.body['text'])).toMatch(/^\*\*Today\*\*/);
});

test('an edited proposal is sent as edited', async ({ page, server, reply, button }) => {
  await reply().fill('I am sorry. Please send me your order number.');
  await button('Send edited reply').click();
  await page.locator('.message--agent').waitFor();
  expect(server.actions[0]).toMatchObject({
    action: 'approve',
    body: { runId: 't-1042-run-2', text: 'I am sorry. Please send me your order number.' },
  });
});

test('the agent’s own reply can be sent instead of the proposal', async ({ page, server, reply, button }) => {
  await button('Write your own reply').click();
  await page.getByText('assigned to you').waitFor();
  await reply().fill('My own words');
  await button('Send reply').click();
  await page.locator('.message--agent').waitFor();
  expect(server.actions.map(({ action }) => action)).toEqual(['claim', 'reply']);
});
