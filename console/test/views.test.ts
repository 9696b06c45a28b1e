import { expect } from 'vitest';
import { enter } from './browser.ts';
import { test } from './console-test.ts';
import { detail, ticket } from './ticket-builders.ts';

test.beforeEach(({ page, server }) => enter(page, server));

test('a list is filtered, and saved as a view that can be shown again and deleted', async ({
  page,
  server,
  rows,
  list,
  button,
}) => {
  await button('Filters').click();
  await list().getByLabel('Reason').selectOption('Legal matter');
  await expect.poll(() => rows().count()).toBe(1);
  await button('Filters (1)').waitFor();
  // A change of another ticket says nothing about the filter, so it is not announced.
  const other = detail(ticket(1050, Date.now(), { openedAt: Date.now() + 60_000 }), [], []);
  server.tickets.add(other);
  server.emit('ticket-change', { ticket: other.ticket });
  await expect
    .poll(() =>
      button(/^Review/)
        .first()
        .textContent(),
    )
    .toBe('Review 7');
  expect(await page.getByText('1 new ticket').count()).toBe(0);
  await button('Save view').click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Legal <b>matters</b>');
  await page.keyboard.press('Enter');
  await page.getByRole('form', { name: 'Save view' }).waitFor({ state: 'detached' });
  await button('Clear filters').click();
  await expect.poll(() => rows().count()).toBe(7);
  server.tickets.change('t-1042', { tags: ['refund'] });
  await list().getByLabel('Tag').selectOption('refund');
  await expect.poll(() => rows().count()).toBe(1);

  await page.reload();
  await button('Views').click();
  await page.getByRole('button', { name: 'Legal <b>matters</b> 1', exact: true }).click();
  await expect.poll(() => rows().count()).toBe(1);
  await button('Views').click();
  await button('Delete view “Legal <b>matters</b>”').press('Enter');
  await page.getByText('View “Legal <b>matters</b>” deleted.').waitFor();
  await page.keyboard.press('Enter');
  await button('Delete view “Legal <b>matters</b>”').click();
  await expect.poll(() => button('Legal <b>matters</b>').count()).toBe(0);
});

test('every view of tickets and of conversations is in one menu, which a key closes', async ({
  page,
  server,
  rows,
  button,
}) => {
  await button('Views').focus();
  const live = page.getByRole('navigation', { name: 'All views' }).getByRole('button', { name: 'Live now' });
  await page.keyboard.press('Enter');
  await live.waitFor();
  await page.keyboard.press('Escape');
  await live.waitFor({ state: 'hidden' });
  await page.keyboard.press('Enter');
  await button(/^Waiting for visitor/).click();
  await expect.poll(() => rows().count()).toBe(1);
  expect(await button('Waiting for visitor').getAttribute('aria-current')).toBe('true');
  await button('Views').click();
  await button('Live now').click();
  await page.getByRole('heading', { level: 1, name: 'Conversations' }).waitFor();
  expect(new URL(page.url()).search).toBe('?live=yes');
  await expect.poll(() => server.conversations.requests.at(-1)).toContain('live=yes');
  await page.getByRole('region', { name: 'Conversations' }).getByRole('button', { name: 'Views' }).click();
  await page
    .getByRole('region', { name: 'Conversations' })
    .getByRole('button', { name: /^Unassigned/ })
    .click();
  await expect.poll(() => rows().count()).toBe(6);
});
