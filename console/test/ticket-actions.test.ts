import { expect } from 'vitest';
import { enter } from './browser.ts';
import { test } from './console-test.ts';
import { otherAgent } from './ticket-builders.ts';

test.beforeEach(async ({ page, server, openTicket }) => {
  await enter(page, server);
  await openTicket(/charged me twice/);
});

test('a proposal is rejected with a reason', async ({ page, server, button }) => {
  await button('Reject').click();
  await page.getByLabel('Against our policy').check();
  await page.getByLabel('Note (optional)').fill('We give no vouchers.');
  await page.getByRole('dialog').getByRole('button', { name: 'Reject' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(server.actions[0]).toMatchObject({
    action: 'reject',
    body: { runId: 't-1042-run-2', reason: 'not-our-policy', note: 'We give no vouchers.', rerun: true },
  });
  expect(await button('Approve and send').count()).toBe(0);
});

test('a rejected proposal is saved as a test case with one key', async ({ page, button }) => {
  await page.keyboard.press('r');
  await page.getByRole('dialog').getByRole('button', { name: 'Reject' }).click();
  await button('Save as test case').waitFor();
  await page.getByRole('dialog').waitFor({ state: 'detached' }); // keys are for the dialog until then
  const sent = page.waitForRequest((request) => request.url().endsWith('/evaluation-cases'));
  await page.keyboard.press('l');
  expect((await sent).postDataJSON()).toEqual({ ticketId: 't-1042', runId: 't-1042-run-2' });
  await page.getByText('Saved as a test case.').waitFor();
});

test('tags are added from a list or typed, and a removed one can be brought back', async ({ page, server, button }) => {
  await page.keyboard.press('#');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Tags').fill('Double-Charge');
  await dialog.getByLabel('refund').check();
  await dialog.getByRole('button', { name: 'Add tags' }).click();
  const tags = page.getByRole('region', { name: 'Ticket 1042' }).getByRole('list', { name: 'Tags' });
  await expect.poll(() => tags.getByRole('listitem').allInnerTexts()).toEqual(['double-charge', 'refund']);
  await button('Remove tag refund').click();
  await expect.poll(() => tags.getByRole('listitem').allInnerTexts()).toEqual(['double-charge']);
  await button('Undo').click();
  await expect.poll(() => tags.getByRole('listitem').allInnerTexts()).toEqual(['double-charge', 'refund']);
  expect(server.actions.map(({ action, body }) => [action, body['add'], body['remove']])).toEqual([
    ['tag', ['double-charge', 'refund'], []],
    ['tag', [], ['refund']],
    ['tag', ['refund'], []],
  ]);
});

test('a note mentions an agent, who is found by the beginning of the name', async ({ page, server }) => {
  await page.keyboard.press('n');
  const note = page.getByRole('dialog').getByLabel('Note', { exact: true });
  await note.pressSequentially('Ask @sec');
  await page.getByRole('option', { name: '@Second Agent' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('listbox', { name: 'Agents to mention' }).waitFor({ state: 'detached' });
  await note.pressSequentially('o');
  await page.getByRole('option', { name: '@Second Agent' }).waitFor();
  await page.keyboard.press('Enter');
  await note.pressSequentially('first.');
  await page.keyboard.press('Control+Enter');
  await page.locator('.message--note b').getByText('@Second Agent').waitFor();
  expect(server.actions[0]?.body).toMatchObject({ text: 'Ask @Second Agent first.', mentions: [otherAgent.id] });
});

test('a ticket is assigned to another agent', async ({ page, server }) => {
  await page.keyboard.press('i');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Second Agent').check();
  await dialog.getByRole('button', { name: 'Assign' }).click();
  await page.getByText('assigned to Second Agent').waitFor();
  expect(server.actions[0]).toMatchObject({ action: 'assign', body: { agentId: otherAgent.id } });
});

test('a ticket is merged into another, and links to it', async ({ page, server, button }) => {
  await page.keyboard.press('m');
  const dialog = page.getByRole('dialog');
  expect(await dialog.getByRole('radio', { checked: true }).count()).toBe(0);
  const search = dialog.getByRole('searchbox');
  await search.pressSequentially('lawyer');
  await expect.poll(() => dialog.getByRole('radio').count()).toBe(1);
  expect(await search.inputValue()).toBe('lawyer');
  await search.fill('no such ticket');
  await dialog.getByRole('status').filter({ hasText: /match/i }).waitFor();
  await search.fill('lawyer');
  await dialog.getByLabel('#1039').check();
  await dialog.getByRole('button', { name: 'Merge' }).click();
  await button('Undo merge').first().waitFor();
  expect(server.actions[0]).toMatchObject({ action: 'merge', body: { intoTicketId: 't-1039' } });
  await button('into #1039').click();
  await page.getByRole('heading', { level: 1, name: '#1039' }).waitFor();
});

test('another run can use any model that the server offers', async ({ page, server, button }) => {
  await button('Run again').click();
  const dialog = page.getByRole('dialog');
  expect(await dialog.getByRole('option').allTextContents()).toEqual([
    'Default',
    'DeepSeek V4 Pro',
    'Kimi K2.5',
    'house-model-7',
  ]);
  await dialog.getByLabel('Model').selectOption('house-model-7');
  await dialog.getByRole('button', { name: 'Run again' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(server.actions[0]).toMatchObject({ action: 'rerun', body: { modelId: 'house-model-7' } });
});

test('after a conflict, the current ticket is shown and the text is kept', async ({ page, server, reply, button }) => {
  await reply().fill('My words');
  server.tickets.change('t-1042', { state: 'in-progress', assignee: otherAgent });
  await button('Send edited reply').click();
  await page.getByText('Someone else changed this ticket first').waitFor();
  await page.getByText('assigned to Second Agent').waitFor();
  expect(await reply().inputValue()).toBe('My words');
});

test('an action without a response is retried with the same idempotency key and applied once', async ({
  page,
  server,
  button,
}) => {
  server.dropResponses = 1;
  await button('Claim').click();
  await page.getByText('assigned to you').waitFor();
  const keys = server.actions.map(({ body }) => body['idempotencyKey']);
  expect(keys).toHaveLength(2);
  expect(new Set(keys).size).toBe(1);
});
