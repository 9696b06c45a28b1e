import { randomUUID } from 'node:crypto';
import type { BulkOutcome } from '@firstword/shared/console-wire';
import { expect, test } from 'vitest';
import { detailOf, openTicketForEachTest, page, ticket } from './open-ticket.ts';

openTicketForEachTest();

const actOnMany = async (action: string, ticketIds: readonly string[], idempotencyKey = randomUUID()) =>
  page.request<BulkOutcome>('POST', `/tickets/${action}`, { ticketIds, idempotencyKey });

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

test('more than 200 tickets at once are refused', async () => {
  const ids = Array.from({ length: 201 }, (_, n) => `ticket-${n}`);
  expect(await actOnMany('mark-spam', ids)).toMatchObject({ status: 400, body: { code: 'bad-request' } });
});
