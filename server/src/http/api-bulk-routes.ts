/** One action for many tickets: marks them as spam, and undoes that. */
import {
  BULK_ACTIONS,
  type BulkAction,
  type BulkOutcome,
  bulkActionSchema,
  bulkOutcomeSchema,
} from '@firstword/shared/console-wire';
import type { Actor, Ticket } from '@firstword/shared/ticket';
import type { Tickets } from '../tickets/ticket-types.ts';
import { type ApiRoute, actorOf, routeForAgents } from './api-route.ts';
import type { ApiSites } from './api-sites.ts';
import { ticketsChanged } from './audit-events.ts';

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
      async ({ body: { ticketIds, idempotencyKey }, audit }, { agent, sites }): Promise<BulkOutcome> => {
        const chosen = { ticketIds: new Set(ticketIds), sites };
        const request = { actor: actorOf(agent), idempotencyKey };
        const { done, notDone } = await actOnAll(tickets, action, chosen, request);
        for (const event of ticketsChanged(action, done, idempotencyKey)) await audit(event);
        return { done: done.map(({ id }) => id), notDone };
      },
    ),
  );
}

/** One after the other: each is a transaction of its own, and hundreds at once would hold up those of other agents. */
async function actOnAll(
  tickets: Pick<Tickets, 'act' | 'get'>,
  action: BulkAction,
  { ticketIds, sites }: { readonly ticketIds: ReadonlySet<string>; readonly sites: ApiSites },
  request: { readonly actor: Actor; readonly idempotencyKey: string },
): Promise<{ readonly done: Ticket[]; readonly notDone: BulkOutcome['notDone'] }> {
  const outcome: { done: Ticket[]; notDone: BulkOutcome['notDone'] } = { done: [], notDone: [] };
  for (const ticketId of ticketIds) {
    const ticket = await tickets.get(ticketId);
    if (ticket === undefined || !sites.has(ticket.siteId)) {
      outcome.notDone.push({ ticketId, why: 'This ticket does not exist.' });
      continue;
    }
    // `restore` also undoes a merge, which is not one of many.
    if (action === 'restore' && ticket.state === 'merged') {
      outcome.notDone.push({ ticketId, why: 'This ticket is merged. Restore it by itself.' });
      continue;
    }
    const acted = await tickets.act(ticketId, action, request);
    if (acted.kind === 'done') outcome.done.push(ticket);
    else outcome.notDone.push({ ticketId, why: 'why' in acted ? acted.why : 'This ticket does not exist.' });
  }
  return outcome;
}
