import { randomUUID } from 'node:crypto';
import type { BulkOutcome } from '@firstword/shared/ticket-requests';
import { consoleServer } from '@firstword/testing/console-server-hooks';
import { expect, test } from 'vitest';
import { detailOf, openTicketForEachTest, page, ticket } from './open-ticket.ts';

openTicketForEachTest();

const actOnMany = async (action: string, ticketIds: readonly string[], idempotencyKey = randomUUID(), choice = {}) =>
  page.request<BulkOutcome>('POST', `/tickets/${action}`, { ticketIds, idempotencyKey, ...choice });

test('many tickets are marked as spam with one request, and restored with another', async () => {
  const idempotencyKey = randomUUID();
  const marked = await actOnMany('mark-spam', [ticket.id, 'no-such-ticket'], idempotencyKey);
  expect(marked).toMatchObject({
    status: 200,
    body: { done: [ticket.id], notDone: [{ ticketId: 'no-such-ticket', why: 'This ticket does not exist.' }] },
  });
  expect((await detailOf()).ticket.state).toBe('spam');
  expect((await actOnMany('mark-spam', [ticket.id], idempotencyKey)).body.done).toEqual([ticket.id]);
  expect((await detailOf()).events.filter(({ action }) => action === 'mark-spam')).toHaveLength(1);
  expect((await actOnMany('restore', [ticket.id])).body).toEqual({ done: [ticket.id], notDone: [] });
  expect((await detailOf()).ticket.state).toBe(ticket.state);
});

test('many tickets are claimed, assigned, snoozed and resolved, each once, as far as their state allows', async () => {
  const other = await consoleServer.openTicket();
  const ids = [ticket.id, other.id];
  const states = () => Promise.all(ids.map(async (id) => (await consoleServer.tickets.get(id))?.state));
  const key = randomUUID();
  expect((await actOnMany('claim', ids, key)).body).toEqual({ done: ids, notDone: [] });
  expect((await actOnMany('claim', ids, key)).body.done).toEqual(ids);
  const [agent] = await consoleServer.agents.list();
  const assigned = await actOnMany('assign', ids, randomUUID(), { agentId: agent?.id });
  expect(assigned.body.done).toEqual(ids);
  expect((await actOnMany('assign', ids, randomUUID(), { agentId: 'unknown' })).body.notDone).toHaveLength(2);
  expect((await actOnMany('snooze', [other.id], randomUUID(), { until: Date.now() + 60_000 })).body.done).toEqual([
    other.id,
  ]);
  expect(await states()).toEqual(['in-progress', 'snoozed']);
  expect((await actOnMany('resolve', ids, randomUUID(), { code: 'answered' })).body.done).toEqual(ids);
  const again = await actOnMany('snooze', ids);
  expect(again.body).toMatchObject({ done: [], notDone: [{ why: expect.stringContaining('resolved ticket') }, {}] });
  expect(await states()).toEqual(['resolved', 'resolved']);
  expect(await actOnMany('resolve', ids, randomUUID(), { code: 'bored' })).toMatchObject({ status: 400 });
});

test('more than 200 tickets at once are refused', async () => {
  const ids = Array.from({ length: 201 }, (_, n) => `ticket-${n}`);
  expect(await actOnMany('mark-spam', ids)).toMatchObject({ status: 400, body: { code: 'bad-request' } });
});
