import { expect } from 'vitest';
import { enter } from './browser.ts';
import { test } from './console-test.ts';
import { detail, otherAgent, ticket } from './ticket-builders.ts';

test.beforeEach(({ page, server }) => enter(page, server));

test('a row shows number, reason, first line, urgency and waiting time; the most urgent is first', async ({ rows }) => {
  const first = await rows().first().textContent();
  for (const words of ['#1039', 'Legal matter', 'My lawyer will write', 'Critical', '52 min'])
    expect(first).toContain(words);
});

test('each view has its own tickets', async ({ rows, button }) => {
  await button(/^Mine/).click();
  await rows().filter({ hasText: 'VAT number' }).waitFor();
  expect(await rows().count()).toBe(1);
});

test('new tickets are announced above the list, and no row moves until they are shown', async ({
  server,
  rows,
  button,
}) => {
  const added = detail(
    ticket(1050, Date.now(), {
      openedAt: Date.now() + 60_000,
      urgency: 'critical',
      firstLine: 'Smoke comes out of the lamp',
    }),
    [],
    [],
  );
  server.tickets.add(added);
  server.emit('ticket-change', { ticket: added.ticket });
  await button('1 new ticket').waitFor();
  expect(await rows().first().textContent()).toContain('#1039');
  await button('1 new ticket').click();
  await rows().filter({ hasText: 'Smoke' }).waitFor();
  expect(await rows().count()).toBe(7);
});

test('a row changed by another agent doesn’t move until the next interaction', async ({ server, rows, openTicket }) => {
  const changed = server.tickets.change('t-1039', { state: 'in-progress', assignee: otherAgent });
  server.emit('ticket-change', { ticket: changed });
  await rows().first().getByText('In progress').waitFor();
  await openTicket(/charged me twice/);
  await expect.poll(() => rows().count()).toBe(5);
});

test('an open ticket whose conversation is deleted leaves the page, which says why', async ({
  page,
  server,
  rows,
  openTicket,
}) => {
  await openTicket(/charged me twice/);
  const { conversationId } = server.tickets.change('t-1042', {});
  server.emit('conversation-erased', { conversationId });
  await page.getByRole('heading', { name: 'This conversation was deleted' }).waitFor();
  expect(await page.getByText('charged me twice').count()).toBe(
    await rows().filter({ hasText: 'charged me twice' }).count(),
  );
});

test('a row shows which other agents are viewing the ticket', async ({ server, rows }) => {
  server.emit('presence', [{ ticketId: 't-1042', agents: [otherAgent] }]);
  await rows().filter({ hasText: '#1042' }).getByText('Second Agent is viewing').waitFor({ state: 'attached' });
});

test('a long view is loaded page by page, with the keyboard and by scrolling', async ({ page, server, list, rows }) => {
  for (let number = 2000; number < 2240; number += 1)
    server.tickets.add(detail(ticket(number, Date.now(), { urgency: 'low' }), [], []));
  await page.reload();
  const items = list().getByRole('listitem');
  await expect.poll(() => items.first().getAttribute('aria-setsize')).toBe('-1');
  await page.keyboard.press('f');
  for (let row = 1; row < 101; row += 1) await page.keyboard.press('j');
  const focused = () => page.evaluate(() => document.activeElement?.closest('li')?.getAttribute('aria-posinset'));
  // The next page may come after the last press.
  await expect
    .poll(async () => {
      if ((await focused()) === '100') await page.keyboard.press('j');
      return focused();
    })
    .toBe('101');
  await expect
    .poll(async () => {
      await list()
        .locator('.list__rows')
        .evaluate((box) => box.scrollTo({ top: box.scrollHeight }));
      return items.last().getAttribute('aria-posinset');
    })
    .toBe('246');
  expect(await items.last().getAttribute('aria-setsize')).toBe('246');
  expect(await page.getByText('Loading more…').count()).toBe(0);
  // Those near the visible part, and the one that has the focus.
  expect(await rows().count()).toBeLessThan(60);
  expect(await focused()).toBe('101');
});

test('several tickets are assigned, snoozed and resolved at once', async ({ page, rows, button }) => {
  const choose = async (action: string, option: string | RegExp) => {
    await button('Select').click();
    await page
      .getByRole('checkbox', { name: /^Select ticket/ })
      .first()
      .check();
    await page
      .getByRole('checkbox', { name: /^Select ticket/ })
      .nth(1)
      .check();
    await button(action).click();
    const dialog = page.getByRole('dialog', { name: `${action} 2 tickets` });
    await dialog.getByLabel(option, { exact: true }).check();
    await dialog.getByRole('button', { name: action, exact: true }).click();
  };
  await choose('Assign', /^Second Agent/);
  await page.getByText('2 tickets assigned.').waitFor();
  await choose('Snooze', /^In 4 hours/);
  await page.getByText('2 tickets snoozed.').waitFor();
  await expect.poll(() => rows().count()).toBe(4);
  await choose('Resolve', 'Solved');
  await page.getByText('2 tickets resolved.').waitFor();
  await expect.poll(() => rows().count()).toBe(2);
});

test('several tickets are marked as spam at once, and restored', async ({ page, rows, button }) => {
  const count = await rows().count();
  await button('Select').click();
  await page.getByRole('checkbox', { name: 'Select ticket #1039' }).check();
  await page.getByRole('checkbox', { name: 'Select ticket #1042' }).check();
  await page.getByText('2 selected').waitFor();
  await button('Mark as spam').click();
  await page.getByText('2 tickets marked as spam.').waitFor();
  await expect.poll(() => rows().count()).toBe(count - 2);
  await button('Undo').click();
  await page.getByText('2 tickets restored.').waitFor();
  await expect.poll(() => rows().count()).toBe(count);
  expect(await page.getByRole('checkbox').count()).toBe(0);
});
