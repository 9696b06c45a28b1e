import type { Ticket } from '@firstword/shared/ticket';
import { expect, test } from 'vitest';
import {
  applyChange,
  applyList,
  applyListQuietly,
  applyMore,
  emptyTicketRows,
  neighbour,
  settle,
  showArrived,
} from './ticket-rows.ts';

const me = 'agent-1';

function ticket(id: string, more: Partial<Ticket> = {}): Ticket {
  return {
    id,
    number: 1,
    siteId: 'demo',
    conversationId: `c-${id}`,
    state: 'needs-review',
    version: 1,
    revision: 1,
    reason: 'complex',
    urgency: 'normal',
    firstLine: 'A question',
    openedBy: 'assistant',
    openedAt: 1000,
    changedAt: 1000,
    waitingSince: 1000,
    reopened: 0,
    ...more,
  };
}

const counts = { review: 2, mine: 0, unassigned: 2, open: 2, waiting: 0, snoozed: 0, done: 0 };
const sites = [{ id: 'shop', name: 'Shop' }];
const ids = (rows: readonly Ticket[] | undefined) => rows?.map(({ id }) => id);
const ticketRows = applyList(emptyTicketRows('review'), { tickets: [ticket('a'), ticket('b')], counts, sites }, 2000);

test('a change is shown in its row at once, but the row doesn’t move', () => {
  const urgent = applyChange(ticketRows, ticket('b', { version: 2, urgency: 'critical' }), me);
  expect(ids(urgent.rows)).toEqual(['a', 'b']);
  expect(urgent.rows?.[1]?.urgency).toBe('critical');
  expect(ids(settle(urgent, me).rows)).toEqual(['b', 'a']);
});

test('a ticket that left the view stays until the next interaction', () => {
  const claimed = applyChange(ticketRows, ticket('a', { version: 2, state: 'in-progress' }), me);
  expect(ids(claimed.rows)).toEqual(['a', 'b']);
  expect(ids(settle(claimed, me).rows)).toEqual(['b']);
  expect(ids(settle(claimed, me, 'a').rows)).toEqual(['a', 'b']);
});

test('a new ticket is hidden until the agent shows it', () => {
  const withNew = applyChange(ticketRows, ticket('c', { urgency: 'high' }), me);
  expect([ids(withNew.rows), ids(withNew.arrived)]).toEqual([['a', 'b'], ['c']]);
  const shown = showArrived(withNew, me);
  expect([ids(shown.rows), ids(shown.arrived)]).toEqual([['c', 'a', 'b'], []]);
});

test('a new ticket that another agent claims is no longer announced', () => {
  const withNew = applyChange(ticketRows, ticket('c'), me);
  expect(applyChange(withNew, ticket('c', { version: 2, state: 'in-progress' }), me).arrived).toEqual([]);
});

test('a late event with an older version is ignored', () => {
  const newer = applyChange(ticketRows, ticket('a', { version: 5, urgency: 'high' }), me);
  expect(applyChange(newer, ticket('a', { version: 4, urgency: 'low' }), me)).toEqual(newer);
});

test('a background refresh updates counts and contents, and announces new tickets', () => {
  const list = { tickets: [ticket('c'), ticket('b', { version: 3 })], counts: { ...counts, review: 3 }, sites };
  const refreshed = applyListQuietly(ticketRows, list, me, 3000);
  expect([ids(refreshed.rows), ids(refreshed.arrived), refreshed.counts?.review]).toEqual([['a', 'b'], ['c'], 3]);
  expect(refreshed.rows?.[1]?.version).toBe(3);
});

test('my tickets are those assigned to me that are not done', () => {
  const mine = applyList(emptyTicketRows('mine'), { tickets: [], counts, sites }, 2000);
  const other = applyChange(mine, ticket('a', { assignee: { id: 'agent-2', name: 'Another' } }), me);
  expect(other.arrived).toEqual([]);
  const own = applyChange(mine, ticket('a', { assignee: { id: me, name: 'Me' } }), me);
  expect(ids(own.arrived)).toEqual(['a']);
});

test('the cursor stops at the ends of the list', () => {
  expect(neighbour(ticketRows, 'a', 1)?.id).toBe('b');
  expect(neighbour(ticketRows, 'b', 1)?.id).toBe('b');
  expect(neighbour(ticketRows, 'a', -1)?.id).toBe('a');
  expect(neighbour(ticketRows, undefined, 1)?.id).toBe('a');
  expect(neighbour(emptyTicketRows('review'), undefined, 1)).toBeUndefined();
});

test('in a truncated list, only tickets opened after loading are announced', () => {
  const truncated = applyList(
    emptyTicketRows('review'),
    { tickets: [ticket('a')], counts: { ...counts, review: 101 }, sites, nextCursor: 'after a' },
    2000,
  );
  const list = {
    tickets: [ticket('old'), ticket('new', { openedAt: 2001 })],
    counts: { ...counts, review: 101 },
    sites,
  };
  expect(ids(applyListQuietly(truncated, list, me, 3000).arrived)).toEqual(['new']);
  expect(ids(applyChange(truncated, ticket('old', { version: 2 }), me).arrived)).toEqual([]);
});

test('a snoozed ticket is only in the views Snoozed and Done', () => {
  const own = { state: 'snoozed', assignee: { id: me, name: 'Me' } } as const;
  for (const view of ['mine', 'open'] as const) {
    const before = applyList(emptyTicketRows(view), { tickets: [], counts, sites }, 2000);
    expect(applyChange(before, ticket('a', own), me).arrived).toEqual([]);
  }
  for (const view of ['snoozed', 'done'] as const) {
    const away = applyList(emptyTicketRows(view), { tickets: [], counts, sites }, 2000);
    expect(ids(applyChange(away, ticket('a', own), me).arrived)).toEqual(['a']);
  }
});

test('the next page is added behind the rows, without those that are known', () => {
  const first = applyList(
    emptyTicketRows('review'),
    { tickets: [ticket('a'), ticket('b')], counts: { ...counts, review: 4 }, sites, nextCursor: 'after b' },
    2000,
  );
  expect([first.next, first.truncated]).toEqual(['after b', true]);
  const both = applyMore(first, { tickets: [ticket('b'), ticket('c')], counts: { ...counts, review: 3 }, sites });
  expect([ids(both.rows), both.next, both.truncated]).toEqual([['a', 'b', 'c'], undefined, false]);
});
