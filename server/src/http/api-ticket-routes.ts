/** Tickets over REST: list them, read one, act on one. */

import type { AuditAction } from '@firstword/shared/audit';
import {
  type TagList,
  type TicketDetail,
  type TicketList,
  tagListSchema,
  ticketDetailSchema,
  ticketListSchema,
} from '@firstword/shared/console-wire';
import { keysOf } from '@firstword/shared/keys-of';
import { ticketCallsSchema } from '@firstword/shared/model-calls';
import type { Ticket } from '@firstword/shared/ticket';
import { type AgentAction, ticketActionSchemas, ticketListQuerySchema } from '@firstword/shared/ticket-requests';
import type { z } from 'zod';
import type { Agents } from '../agents/agents.ts';
import type { Attachments } from '../conversation/attachments.ts';
import type { ReplyAddress } from '../conversation/reply-address.ts';
import type { ReplyOutcome, ReplySender } from '../conversation/reply-sender.ts';
import { phrase } from '../lib/phrase.ts';
import type { ConversationArchive } from '../records/conversation-archive.ts';
import type { ReplyDraftStore } from '../records/reply-draft-store.ts';
import type { ConversationStore } from '../store/conversation-store.ts';
import type { PreChatStore } from '../store/pre-chat-store.ts';
import type { ReadMarks } from '../store/read-marks.ts';
import type { VisitorProfiles } from '../store/visitor-profiles.ts';
import type { Tickets } from '../tickets/ticket-types.ts';
import { ApiRefusal } from './api-refusal.ts';
import { type ApiRoute, routeForAgents } from './api-route.ts';
import { createTicketFinder, namesOf, siteIdsOf } from './api-sites.ts';
import { type ActionBody, createTicketActions } from './api-ticket-actions.ts';
import { type CallReports, readTicketCalls } from './api-ticket-calls.ts';
import { createDetailReader } from './api-ticket-detail.ts';
import { conversationRead, searched } from './audit-events.ts';
import { ticketFilterOf } from './list-filters.ts';

export interface TicketRouteParts {
  readonly tickets: Tickets;
  readonly store: Pick<ConversationStore, 'snapshot' | 'ratings'>;
  readonly sendReply: ReplySender;
  readonly reports: CallReports;
  readonly agents: Pick<Agents, 'list'>;
  readonly replyDrafts: ReplyDraftStore;
  readonly archive: Pick<ConversationArchive, 'list' | 'find' | 'searchMessages'>;
  readonly preChat: Pick<PreChatStore, 'of'>;
  readonly profiles: Pick<VisitorProfiles, 'of'>;
  readonly replyAddressOf: ReplyAddress['of'];
  readonly readMarks: Pick<ReadMarks, 'all'>;
  readonly attachments: Pick<Attachments, 'accepted'>;
}

const SUMMARIES: Readonly<Record<AgentAction, string>> = {
  claim: 'Claims the ticket. The assistant no longer answers in its conversation.',
  assign: 'Assigns the ticket to an agent. The responder stays the same.',
  'hand-back': 'Hands the conversation back to the assistant and resolves the ticket.',
  resolve: 'Resolves the ticket.',
  reopen: 'Reopens a resolved ticket.',
  snooze: 'Snoozes the ticket until a time or until the visitor replies.',
  'mark-spam': 'Marks the ticket as spam.',
  merge: 'Merges the ticket into another one of the same site.',
  restore: 'Undoes `mark-spam` or `merge`, within one hour.',
  reply: 'Sends a message, files or both to the visitor. Claims the ticket if it is unassigned.',
  approve: 'Sends the proposed reply of an analysis, unchanged or edited. Claims the ticket if it is unassigned.',
  reject: 'Rejects the proposed reply of an analysis.',
  rerun: 'Queues another analysis.',
  note: 'Adds a note that only agents see.',
  tag: 'Adds tags to the ticket, and removes some.',
  'correct-verdict': 'Corrects the triage verdict on the message that led to the ticket.',
};

/** Actions that the audit log records; the ticket's history has all. */
const AUDITED: Readonly<Partial<Record<AgentAction, AuditAction>>> = {
  reply: 'reply-sent',
  approve: 'proposal-approved',
  reject: 'proposal-rejected',
};

/** What ends the draft of a reply. */
const SENDING: readonly AgentAction[] = ['reply', 'approve'];

const ACTION_BODIES: { readonly [Action in AgentAction]: z.ZodType<ActionBody<Action>> } = ticketActionSchemas;

export function createTicketRoutes(parts: TicketRouteParts): ApiRoute[] {
  const { tickets } = parts;
  const readDetail = createDetailReader(parts);
  const actions = createTicketActions(parts);
  const find = createTicketFinder(tickets);

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
      async ({ id, body, audit }, { agent, sites }) => {
        const ticket = await find(id, sites);
        const outcome = await actions[action]({ ticket, agent, body });
        if (outcome.kind === 'done' && SENDING.includes(action)) await parts.replyDrafts.remove(agent.id, id);
        const audited = AUDITED[action];
        if (outcome.kind === 'done' && audited !== undefined)
          await audit({
            action: audited,
            target: { kind: 'ticket', id, name: `#${ticket.number}` },
            siteId: ticket.siteId,
            oncePerHour: `${agent.id} ${body.idempotencyKey}`,
          });
        return answerOf(outcome, readDetail);
      },
    );

  return [
    routeForAgents(
      {
        method: 'get',
        path: '/tickets',
        summary:
          'Lists the tickets of one view by urgency and waiting time (`done` and `all`: last changed first), with the number of tickets in each view.',
        query: ticketListQuerySchema,
        answer: { status: 200, schema: ticketListSchema },
        refusals: ['not-found'],
      },
      async ({ query, audit }, { agent, sites }): Promise<TicketList> => {
        const { site, limit, cursor } = query;
        const siteIds = siteIdsOf(sites, site);
        const [{ tickets: found, next }, counts] = await Promise.all([
          tickets.list({ ...ticketFilterOf(query, { siteIds, agentId: agent.id }), limit, cursor }),
          tickets.counts(agent.id, siteIds),
        ]);
        if (query.q !== undefined) await audit(searched(agent.id, 'tickets', { text: query.q, siteId: site }));
        return { tickets: found, counts, sites: namesOf(sites), ...(next === undefined ? {} : { nextCursor: next }) };
      },
    ),
    routeForAgents(
      {
        method: 'get',
        path: '/ticket-tags',
        summary: "Lists the tags of recent tickets of the caller's sites, the most frequent first.",
        answer: { status: 200, schema: tagListSchema },
      },
      async (_request, { sites }): Promise<TagList> => ({ tags: await tickets.tags([...sites.keys()]) }),
    ),
    routeForAgents(
      {
        method: 'get',
        path: '/tickets/{id}',
        summary: 'Returns one ticket with its conversation, analyses, history and notes.',
        answer: { status: 200, schema: ticketDetailSchema },
        refusals: ['not-found'],
      },
      async ({ id, audit }, { agent, sites }) => {
        const ticket = await find(id, sites);
        await audit(conversationRead(agent.id, { id: ticket.conversationId, siteId: ticket.siteId }));
        return readDetail(ticket);
      },
    ),
    routeForAgents(
      {
        method: 'get',
        path: '/tickets/{id}/calls',
        summary: "Lists the model calls of the ticket's conversation: model, reason, TTFT and cost.",
        answer: { status: 200, schema: ticketCallsSchema },
        refusals: ['not-found'],
      },
      async ({ id }, { sites }) => readTicketCalls(parts.reports, await find(id, sites)),
    ),
    ...keysOf(ticketActionSchemas).map(actionRoute),
  ];
}

async function answerOf(
  outcome: ReplyOutcome,
  readDetail: (ticket: Ticket) => Promise<TicketDetail>,
): Promise<TicketDetail> {
  switch (outcome.kind) {
    case 'done':
      return readDetail(outcome.ticket);
    case 'conflict':
      throw new ApiRefusal(
        'conflict',
        phrase`Another agent changed this ticket first. \`detail\` holds its current state.`,
        {
          detail: await readDetail(outcome.ticket),
        },
      );
    case 'key-used':
      throw new ApiRefusal('conflict', 'This idempotencyKey was already used for another request. Use a new one.', {
        detail: await readDetail(outcome.ticket),
      });
    case 'not-allowed':
      throw new ApiRefusal('not-allowed', outcome.why, { detail: await readDetail(outcome.ticket) });
    case 'no-run':
      throw new ApiRefusal('not-found', 'This ticket has no analysis with this runId.');
    case 'not-found':
      throw new ApiRefusal('not-found', 'This ticket does not exist.');
  }
}
