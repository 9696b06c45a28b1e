import { expect } from 'vitest';
import { enter } from './browser.ts';
import { test } from './console-test.ts';

const REASON = 'Your role on this site is Viewer. Viewers can read tickets, but can’t reply or change them.';

test.beforeEach(async ({ page, server }) => {
  server.tickets.session.agent = { ...server.tickets.session.agent, roles: { demo: 'viewer', workshop: 'agent' } };
  server.tickets.change('t-1044', { siteId: 'workshop' });
  await enter(page, server);
});

test('a ticket of a site where the agent is a viewer has the reason in place of the composer, and no actions', async ({
  page,
  openTicket,
  reply,
  button,
}) => {
  await openTicket(/charged me twice/);
  await page.locator('.composer').getByText(REASON).waitFor();
  expect(await reply().count()).toBe(0);
  expect(await button(/^(?:Claim|Assign|Resolve|Snooze|Reject|Add note)$/).count()).toBe(0);
  expect(await page.getByRole('combobox', { name: /Correct/ }).isDisabled()).toBe(true);
  await page.keyboard.press('c');
  await page.getByRole('status').filter({ hasText: REASON }).waitFor({ state: 'attached' });
});

test('of tickets of several sites, those that the agent may change are selected', async ({
  page,
  server,
  rows,
  button,
}) => {
  await button('Select').click();
  const box = (number: number) => page.getByRole('checkbox', { name: `Select ticket #${number}` });
  expect([await box(1044).isEnabled(), await box(1042).isEnabled()]).toEqual([true, false]);
  expect(await box(1042).getAttribute('title')).toBe(REASON);
  await button('Select all').click();
  await page.getByText('1 selected').waitFor();
  await button('Cancel').click();
  server.tickets.change('t-1044', { siteId: 'demo' });
  server.emit('missed');
  await expect.poll(() => button('Select').isDisabled()).toBe(true);
  expect(await rows().count()).toBeGreaterThan(1);
});

test('a change of the roles is shown at once, without a reload, and a draft stays', async ({
  page,
  server,
  openTicket,
  reply,
}) => {
  const { session } = server.tickets;
  await openTicket(/charged me twice/);
  await page.locator('.composer').getByText(REASON).waitFor();
  session.agent = { ...session.agent, roles: { '*': 'agent' } };
  server.endConnections();
  await reply().fill('We are looking into it.');
  expect(await page.getByText(REASON).count()).toBe(0);
  session.agent = { ...session.agent, roles: { demo: 'billing' } };
  server.endConnections();
  await expect.poll(() => page.getByRole('link', { name: 'Tickets' }).count()).toBe(0);
  session.agent = { ...session.agent, roles: { demo: 'agent' } };
  server.endConnections();
  await page.getByRole('link', { name: 'Tickets' }).click();
  await openTicket(/charged me twice/);
  expect(await reply().inputValue()).toBe('We are looking into it.');
});
