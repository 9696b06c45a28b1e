import { rolesOn, type SiteRoles } from '@firstword/shared/permissions';
import { silentLog } from '@firstword/testing/silent-log';
import { expect, test, vi } from 'vitest';
import { createViewCount } from './view-counts.ts';

const SITES = ['acme', 'other'];
const OPEN = { list: 'tickets' as const, filter: { view: 'open', reason: 'legal' } };
const MINE = { list: 'tickets' as const, filter: { view: 'mine' } };
const DOWN = { list: 'conversations' as const, filter: { rated: 'down' } };
const agent = (id: string, roles: SiteRoles = rolesOn('agent')) => ({ id, roles });

function counter() {
  const clock = { now: 0 };
  const ofTickets = vi.fn(async (_filter: object, _max: number) => 7);
  const ofConversations = vi.fn(async (_filter: object, _max: number) => 1000);
  const parts = { tickets: { count: ofTickets }, archive: { count: ofConversations }, log: silentLog };
  return { clock, ofTickets, ofConversations, count: createViewCount({ ...parts, now: () => clock.now }) };
}

test('a view is counted once for all agents who see the same, and again after ten seconds', async () => {
  const { count, clock, ofTickets } = counter();
  const both = [count(OPEN, agent('one'), SITES), count(OPEN, agent('two'), SITES.toReversed())];
  expect(await Promise.all(both)).toEqual([7, 7]);
  expect(ofTickets).toHaveBeenCalledOnce();
  clock.now = 9999;
  await count(OPEN, agent('one'), SITES);
  expect(ofTickets).toHaveBeenCalledOnce();
  clock.now = 10_000;
  await count(OPEN, agent('one'), SITES);
  expect(ofTickets).toHaveBeenCalledTimes(2);
});

test("an agent's own tickets are counted for that agent", async () => {
  const { count, ofTickets } = counter();
  await count(MINE, agent('one'), SITES);
  await count(MINE, agent('two'), SITES);
  expect(ofTickets.mock.calls.map(([filter]) => filter)).toMatchObject([{ agentId: 'one' }, { agentId: 'two' }]);
});

test('only the sites are counted where the role permits to read the list', async () => {
  const { count, ofConversations } = counter();
  expect(await count(DOWN, agent('one', { acme: 'viewer', other: 'billing' }), SITES)).toBe(1000);
  expect(ofConversations.mock.calls).toEqual([[expect.objectContaining({ siteIds: ['acme'], rated: 'down' }), 1000]]);
  const ofOther = { ...DOWN, filter: { ...DOWN.filter, site: 'other' } };
  expect(await count(ofOther, agent('one', { acme: 'viewer', other: 'billing' }), SITES)).toBeUndefined();
  expect(await count(OPEN, agent('two', rolesOn('billing')), SITES)).toBeUndefined();
});

test('views are counted one after the other, and one that fails has no count and is left alone for a minute', async () => {
  const { count, clock, ofTickets, ofConversations } = counter();
  let fail = (_error: Error) => {};
  ofTickets.mockImplementationOnce(() => new Promise((_resolve, reject) => (fail = reject)));
  const [slow, next] = [count(OPEN, agent('one'), SITES), count(DOWN, agent('one'), SITES)];
  await vi.waitFor(() => expect(ofTickets).toHaveBeenCalledOnce());
  expect(ofConversations).not.toHaveBeenCalled();
  fail(new Error('canceling statement due to statement timeout'));
  expect(await Promise.all([slow, next])).toEqual([undefined, 1000]);
  clock.now = 59_999;
  expect(await count(OPEN, agent('one'), SITES)).toBeUndefined();
  clock.now = 60_000;
  expect(await count(OPEN, agent('one'), SITES)).toBe(7);
});

test('a view whose filter is no longer accepted has no count', async () => {
  const { count } = counter();
  expect(await count({ list: 'tickets', filter: { view: 'gone' } }, agent('one'), SITES)).toBeUndefined();
});
