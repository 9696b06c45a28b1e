/** Tickets over REST: lists, one in full, and everything an agent can do with it. */
import {
  type AgentAction,
  type TicketDetail,
  type TicketList,
  ticketActionSchemas,
  ticketCallsSchema,
  ticketDetailSchema,
  ticketListQuerySchema,
  ticketListSchema,
} from '@firstword/shared/console-wire';
import type { Ticket } from '@firstword/shared/ticket';
import type { z } from 'zod';
import type { Agents } from '../agents/agents.ts';
import type { PreChatStore } from '../store/pre-chat-store.ts';
import type { ReadMarks } from '../store/read-marks.ts';
import type { Tickets } from '../tickets/ticket-types.ts';
import type { ConversationPort } from './api-conversation-port.ts';
import { createRatingsReader } from './api-ratings.ts';
import { ApiRefusal } from './api-refusal.ts';
import { type ApiRoute, routeForAgents } from './api-route.ts';
import { createSpeak, type SpeakParts } from './api-speak.ts';
import { type ActionBody, createTicketActions, type TicketOutcome } from './api-ticket-actions.ts';
import { type CallReports, readTicketCalls } from './api-ticket-calls.ts';
import { createDetailReader } from './api-ticket-detail.ts';

export interface TicketRouteParts extends SpeakParts {
  readonly tickets: Tickets;
  readonly conversations: ConversationPort;
  readonly reports: CallReports;
  readonly agents: Pick<Agents, 'list'>;
  readonly preChat: Pick<PreChatStore, 'of'>;
  readonly readMarks: Pick<ReadMarks, 'of'>;
}

const SUMMARIES: Readonly<Record<AgentAction, string>> = {
  claim: 'Takes the ticket over: from now on the assistant is silent.',
  assign: 'Gives the ticket to an agent; who may speak stays as it is.',
  'hand-back': 'Lets the assistant answer again.',
  resolve: 'Says that the matter is settled.',
  reopen: 'Takes a resolved ticket up again.',
  snooze: 'Puts the ticket aside, until a time or until somebody wakes it.',
  'mark-spam': 'Ends the ticket as spam.',
  merge: 'Ends the ticket because its matter goes on in another one of the site.',
  restore: 'Takes back either, within an hour.',
  reply: 'Says something to the visitor; claims the ticket when it is nobody’s.',
  approve: 'Sends the reply that an analysis proposed, as it is or edited; claims the ticket when it is nobody’s.',
  reject: 'Turns down the reply that an analysis proposed.',
  rerun: 'Asks for another analysis.',
  note: 'Writes a note that only agents see.',
  'correct-verdict': 'Says how the message that led here should have been handled.',
};

const ACTION_BODIES: { readonly [Action in AgentAction]: z.ZodType<ActionBody<Action>> } = ticketActionSchemas;

export function createTicketRoutes(parts: TicketRouteParts): ApiRoute[] {
  const { tickets } = parts;
  const readDetail = createDetailReader({ ...parts, ratings: createRatingsReader(parts.redis, parts.keys) });
  const actions = createTicketActions({ tickets, agents: parts.agents, speak: createSpeak(parts) });
  const find = async (id: string): Promise<Ticket> => {
    const ticket = await tickets.get(id);
    if (ticket === undefined) throw new ApiRefusal('not-found', 'There is no such ticket.');
    return ticket;
  };

  const actionRoute = <Action extends AgentAction>(action: Action): ApiRoute =>
    routeForAgents(
      {
        method: 'post',
        path: `/tickets/{id}/${action}`,
        summary: SUMMARIES[action],
        body: ACTION_BODIES[action],
        answer: { status: 200, schema: ticketDetailSchema },
        refusals: ['not-found', 'conflict', 'not-allowed'],
      },
      async ({ id, body }, { agent }) => {
        const ticket = await find(id);
        return answerOf(await actions[action]({ ticket, agent, body }), readDetail);
      },
    );

  return [
    routeForAgents(
      {
        method: 'get',
        path: '/tickets',
        summary: 'Tickets of one view, in the order of work, and how many each view holds.',
        query: ticketListQuerySchema,
        answer: { status: 200, schema: ticketListSchema },
      },
      async ({ query }, { agent }): Promise<TicketList> => {
        const [found, counts] = await Promise.all([
          tickets.list({ ...query, agentId: agent.id }),
          tickets.counts(agent.id),
        ]);
        return { tickets: found, counts };
      },
    ),
    routeForAgents(
      {
        method: 'get',
        path: '/tickets/{id}',
        summary: 'One ticket with its conversation, analyses, history and notes.',
        answer: { status: 200, schema: ticketDetailSchema },
        refusals: ['not-found'],
      },
      async ({ id }) => readDetail(await find(id)),
    ),
    routeForAgents(
      {
        method: 'get',
        path: '/tickets/{id}/calls',
        summary: 'What was asked of models for its conversation: which, why, how fast, at what cost.',
        answer: { status: 200, schema: ticketCallsSchema },
        refusals: ['not-found'],
      },
      async ({ id }) => readTicketCalls(parts.reports, await find(id)),
    ),
    ...Object.keys(ticketActionSchemas).map((action) => actionRoute(action as AgentAction)),
  ];
}

async function answerOf(
  outcome: TicketOutcome,
  readDetail: (ticket: Ticket) => Promise<TicketDetail>,
): Promise<TicketDetail> {
  switch (outcome.kind) {
    case 'done':
      return readDetail(outcome.ticket);
    case 'conflict':
      throw new ApiRefusal('conflict', 'Somebody was quicker. This is the ticket as it is now.', {
        detail: await readDetail(outcome.ticket),
      });
    case 'key-used':
      throw new ApiRefusal('conflict', 'This idempotencyKey was used for something else.', {
        detail: await readDetail(outcome.ticket),
      });
    case 'not-allowed':
      throw new ApiRefusal('not-allowed', outcome.why, { detail: await readDetail(outcome.ticket) });
    case 'no-run':
      throw new ApiRefusal('not-found', 'This ticket has no such analysis.');
    case 'not-found':
      throw new ApiRefusal('not-found', 'There is no such ticket.');
  }
}
