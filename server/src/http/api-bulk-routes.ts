/** One action for many tickets: marks them as spam, and undoes that. */
import {
  BULK_ACTIONS,
  type BulkAction,
  type BulkOutcome,
  bulkActionSchema,
  bulkOutcomeSchema,
} from '@firstword/shared/console-wire';
import type { Actor } from '@firstword/shared/ticket';
import type { Tickets } from '../tickets/ticket-types.ts';
import { type ApiRoute, actorOf, routeForAgents } from './api-route.ts';

const SUMMARIES: Readonly<Record<BulkAction, string>> = {
  'mark-spam': 'Marks up to 200 tickets as spam. Repeating the request has no second effect.',
  restore: 'Undoes `mark-spam` for up to 200 tickets, within one hour.',
};

export function createBulkRoutes({ tickets }: { readonly tickets: Pick<Tickets, 'act' | 'get'> }): ApiRoute[] {
  return BULK_ACTIONS.map((action) =>
    routeForAgents(
      {
        method: 'post',
        path: `/tickets/${action}`,
        summary: SUMMARIES[action],
        body: bulkActionSchema,
        answer: { status: 200, schema: bulkOutcomeSchema },
      },
      ({ body: { ticketIds, idempotencyKey } }, { agent }) =>
        actOnAll(tickets, action, new Set(ticketIds), { actor: actorOf(agent), idempotencyKey }),
    ),
  );
}

/** One after the other: each is a transaction of its own, and hundreds at once would hold up those of other agents. */
async function actOnAll(
  tickets: Pick<Tickets, 'act' | 'get'>,
  action: BulkAction,
  ticketIds: ReadonlySet<string>,
  request: { readonly actor: Actor; readonly idempotencyKey: string },
): Promise<BulkOutcome> {
  const outcome: BulkOutcome = { done: [], notDone: [] };
  for (const ticketId of ticketIds) {
    // `restore` also undoes a merge, which is not one of many.
    if (action === 'restore' && (await tickets.get(ticketId))?.state === 'merged') {
      outcome.notDone.push({ ticketId, why: 'This ticket is merged. Restore it by itself.' });
      continue;
    }
    const acted = await tickets.act(ticketId, action, request);
    if (acted.kind === 'done') outcome.done.push(ticketId);
    else outcome.notDone.push({ ticketId, why: 'why' in acted ? acted.why : 'This ticket does not exist.' });
  }
  return outcome;
}
