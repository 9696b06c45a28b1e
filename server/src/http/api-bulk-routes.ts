/** One action for many tickets. */
import type { AgentView } from '@firstword/shared/agent-view';
import type { Ticket } from '@firstword/shared/ticket';
import {
  type BulkAction,
  type BulkOutcome,
  bulkActionSchemas,
  bulkOutcomeSchema,
} from '@firstword/shared/ticket-requests';
import type { z } from 'zod';
import type { ReplyOutcome } from '../conversation/reply-sender.ts';
import { phrase, phraseText } from '../lib/phrase.ts';
import type { Tickets } from '../tickets/ticket-types.ts';
import { type ApiRoute, type Caller, routeForAgents } from './api-route.ts';
import { refusalAt } from './api-sites.ts';
import { createTicketActions, type TicketActionParts } from './api-ticket-actions.ts';
import { ticketsChanged } from './audit-events.ts';

const SUMMARIES: Readonly<Record<BulkAction, string>> = {
  claim: 'Claims up to 200 tickets. Repeating the request has no second effect, here as in the others.',
  assign: 'Assigns up to 200 tickets to an agent.',
  resolve: 'Resolves up to 200 tickets.',
  snooze: 'Snoozes up to 200 tickets until a time or until their visitors reply.',
  'mark-spam': 'Marks up to 200 tickets as spam.',
  restore: 'Undoes `mark-spam` for up to 200 tickets, within one hour.',
};

type BulkBody<Action extends BulkAction> = z.output<(typeof bulkActionSchemas)[Action]>;
/** One ticket of many, in the version that was just read. */
interface OneOfMany {
  readonly ticket: Ticket;
  readonly agent: AgentView;
  readonly change: { readonly expectedVersion: number; readonly idempotencyKey: string };
}
type Act<Action extends BulkAction> = (one: OneOfMany, body: BulkBody<Action>) => Promise<ReplyOutcome>;

const BODIES: { readonly [Action in BulkAction]: z.ZodType<BulkBody<Action>> } = bulkActionSchemas;
const NOT_FOUND = 'This ticket does not exist.';

export function createBulkRoutes(parts: TicketActionParts & { readonly tickets: Pick<Tickets, 'get'> }): ApiRoute[] {
  const { tickets } = parts;
  const actions = createTicketActions(parts);

  /** One after the other: each is a transaction of its own, and hundreds at once would hold up those of other agents. */
  const actOnAll = async <Action extends BulkAction>(
    body: BulkBody<Action>,
    { agent, sites }: Caller,
    act: Act<Action>,
  ): Promise<{ readonly done: Ticket[]; readonly notDone: BulkOutcome['notDone'] }> => {
    const outcome: { done: Ticket[]; notDone: BulkOutcome['notDone'] } = { done: [], notDone: [] };
    const { idempotencyKey } = body;
    for (const ticketId of new Set(body.ticketIds)) {
      const ticket = await tickets.get(ticketId);
      if (ticket === undefined || !sites.has(ticket.siteId)) {
        outcome.notDone.push({ ticketId, why: refusalAt(sites, ticket?.siteId, NOT_FOUND).message });
        continue;
      }
      const change = { expectedVersion: ticket.version, idempotencyKey };
      const acted = await act({ ticket, agent, change }, body);
      if (acted.kind === 'done') outcome.done.push(ticket);
      else outcome.notDone.push({ ticketId, why: whyNot(acted) });
    }
    return outcome;
  };

  const bulkRoute = <Action extends BulkAction>(action: Action, act: Act<Action>): ApiRoute =>
    routeForAgents(
      {
        method: 'post',
        path: `/tickets/${action}`,
        summary: SUMMARIES[action],
        body: BODIES[action],
        answer: { status: 200, schema: bulkOutcomeSchema },
      },
      async ({ body, audit }, caller): Promise<BulkOutcome> => {
        const { done, notDone } = await actOnAll(body, caller, act);
        for (const event of ticketsChanged(action, done, body.idempotencyKey)) await audit(event);
        return { done: done.map(({ id }) => id), notDone };
      },
    );

  return [
    bulkRoute('claim', ({ ticket, agent, change }) => actions.claim({ ticket, agent, body: change })),
    bulkRoute('assign', ({ ticket, agent, change }, { agentId }) =>
      actions.assign({ ticket, agent, body: { ...change, agentId } }),
    ),
    bulkRoute('resolve', ({ ticket, agent, change }, { code }) =>
      actions.resolve({ ticket, agent, body: { ...change, code } }),
    ),
    bulkRoute('snooze', ({ ticket, agent, change }, { until }) =>
      actions.snooze({ ticket, agent, body: { ...change, until } }),
    ),
    bulkRoute('mark-spam', ({ ticket, agent, change }) => actions['mark-spam']({ ticket, agent, body: change })),
    bulkRoute('restore', async ({ ticket, agent, change }) =>
      ticket.state === 'merged'
        ? // `restore` also undoes a merge, which is not one of many.
          { kind: 'not-allowed', ticket, why: phrase`This ticket is merged. Restore it by itself.` }
        : actions.restore({ ticket, agent, body: change }),
    ),
  ];
}

function whyNot(outcome: ReplyOutcome): string {
  if ('why' in outcome) return phraseText(outcome.why);
  return outcome.kind === 'conflict' ? 'This ticket has changed at the same moment. Try again.' : NOT_FOUND;
}
