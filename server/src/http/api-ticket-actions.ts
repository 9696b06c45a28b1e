/** What each agent action does. A repeat with the same idempotency key has no second effect and the same response. */
import type { AgentView } from '@firstword/shared/agent-view';
import { TAGS_MAX } from '@firstword/shared/limits';
import { may } from '@firstword/shared/permissions';
import type { Phrase } from '@firstword/shared/phrase';
import type { Ticket, TicketAction } from '@firstword/shared/ticket';
import type { AgentAction, ticketActionSchemas } from '@firstword/shared/ticket-requests';
import type { z } from 'zod';
import type { Agents } from '../agents/agents.ts';
import type { ReplyOutcome, ReplySender } from '../conversation/reply-sender.ts';
import { phrase } from '../lib/phrase.ts';
import type { ReviewOutcome, RunReview } from '../tickets/run-types.ts';
import type { TicketActionRequest, Tickets } from '../tickets/ticket-types.ts';
import { actorOf } from './api-route.ts';

export type ActionBody<Action extends AgentAction> = z.output<(typeof ticketActionSchemas)[Action]>;
interface ActionRequest<Action extends AgentAction> {
  readonly ticket: Ticket;
  readonly agent: AgentView;
  readonly body: ActionBody<Action>;
}
export type TicketActions = {
  readonly [Action in AgentAction]: (request: ActionRequest<Action>) => Promise<ReplyOutcome>;
};

export interface TicketActionParts {
  readonly tickets: Pick<Tickets, 'act' | 'get' | 'run' | 'review' | 'queueRun' | 'note' | 'tag' | 'correctVerdict'>;
  readonly agents: Pick<Agents, 'list'>;
  readonly sendReply: ReplySender;
}

export function createTicketActions({ tickets, agents, sendReply }: TicketActionParts): TicketActions {
  const move = (
    action: TicketAction,
    { ticket, agent, body }: ActionRequest<AgentAction>,
    details: Pick<TicketActionRequest, 'code' | 'until' | 'reason' | 'assignee' | 'mergedInto'> = {},
  ): Promise<ReplyOutcome> => {
    const { expectedVersion, idempotencyKey } = body;
    return tickets.act(ticket.id, action, { actor: actorOf(agent), expectedVersion, idempotencyKey, ...details });
  };
  const runOf = async (ticket: Ticket, runId: string) => {
    const run = await tickets.run(runId);
    return run?.ticketId === ticket.id ? run : undefined;
  };
  /** Those of the agents who answer tickets of its site. */
  const answering = async ({ siteId }: Ticket, ids: readonly string[]) =>
    (await agents.list())
      .filter((agent) => ids.includes(agent.id) && may(agent, 'tickets:write', siteId))
      .map(({ id, name }) => ({ id, name }));
  const review = (runId: string, { id, name }: AgentView, idempotencyKey: string, outcome: RunReview['outcome']) =>
    tickets.review(runId, { reviewer: { id, name }, idempotencyKey, outcome });

  return {
    claim: (request) => move('claim', request),
    async assign(request) {
      const { ticket, body } = request;
      const [assignee] = await answering(ticket, [body.agentId]);
      if (assignee === undefined)
        return {
          kind: 'not-allowed',
          ticket,
          why: phrase`This agent doesn't answer tickets of this site. Choose another one.`,
        };
      return move('assign', request, { assignee, reason: assignee.name });
    },
    'hand-back': (request) => move('hand-back', request),
    reopen: (request) => move('reopen', request),
    'mark-spam': (request) => move('mark-spam', request),
    async restore(request) {
      const undone = await move('restore', request);
      const into = request.ticket.mergedInto;
      if (undone.kind === 'done' && into !== undefined)
        await tickets.note(into.id, undoNote(undone.ticket, request.agent, request.body.idempotencyKey));
      return undone;
    },
    async merge(request) {
      const { ticket, agent, body } = request;
      const into = await tickets.get(body.intoTicketId);
      if (into?.siteId !== ticket.siteId)
        return {
          kind: 'not-allowed',
          ticket,
          why: phrase`This ticket does not exist on the same site. Choose another one.`,
        };
      const why = whyNotInto(ticket, into);
      if (why !== undefined) return { kind: 'not-allowed', ticket, why };
      const { id, number } = into;
      const merged = await move('merge', request, { mergedInto: { id, number }, reason: `#${number}` });
      if (merged.kind === 'done') await tickets.note(id, mergeNote(merged.ticket, agent, body.idempotencyKey));
      return merged;
    },
    resolve: (request) => move('resolve', request, { code: request.body.code }),
    snooze: (request) => move('snooze', request, { until: request.body.until, reason: request.body.reason }),

    reply: ({ ticket, agent, body }) => sendReply({ ...body, ticket, agent }),
    approve: ({ ticket, agent, body }) => sendReply({ ...body, ticket, agent }),

    async reject({ ticket, agent, body }) {
      const { runId, reason, note, idempotencyKey } = body;
      if ((await runOf(ticket, runId)) === undefined) return { kind: 'no-run' };
      const reviewed = await review(runId, agent, idempotencyKey, { kind: 'rejected', reason, note });
      if (reviewed.kind !== 'done' || !body.rerun) return asRunOutcome(reviewed);
      return queue(ticket, 'rejection', { actor: actorOf(agent), idempotencyKey: `${idempotencyKey}-rerun` });
    },

    rerun: ({ ticket, agent, body: { idempotencyKey, modelId } }) =>
      queue(ticket, 'agent', { actor: actorOf(agent), idempotencyKey, modelId }),

    async note({ ticket, agent, body: { text, mentions, idempotencyKey } }) {
      const mentioned = await answering(ticket, mentions);
      if (mentioned.length < new Set(mentions).size)
        return {
          kind: 'not-allowed',
          ticket,
          why: phrase`An agent whom you mention doesn't answer tickets of this site.`,
        };
      const note = { actor: actorOf(agent), text, mentions: mentioned, idempotencyKey };
      return found(await tickets.note(ticket.id, note));
    },

    async tag({ ticket, agent, body: { add, remove, idempotencyKey } }) {
      const tagged = await tickets.tag(ticket.id, { actor: actorOf(agent), add, remove, idempotencyKey });
      if (tagged === 'too-many')
        return { kind: 'not-allowed', ticket, why: phrase`A ticket has at most ${TAGS_MAX} tags. Remove one first.` };
      return found(tagged);
    },

    async 'correct-verdict'({ ticket, agent, body: { handling, idempotencyKey } }) {
      const corrected = await tickets.correctVerdict(ticket.id, { handling, actor: actorOf(agent), idempotencyKey });
      return corrected
        ? { kind: 'done', ticket: corrected }
        : { kind: 'not-allowed', ticket, why: phrase`This ticket has no triage verdict to correct.` };
    },
  };

  async function queue(
    ticket: Ticket,
    trigger: 'agent' | 'rejection',
    options: Parameters<Tickets['queueRun']>[2],
  ): Promise<ReplyOutcome> {
    const queued = await tickets.queueRun(ticket.id, trigger, options);
    return queued
      ? { kind: 'done', ticket: queued.ticket }
      : { kind: 'not-allowed', ticket, why: phrase`This ticket is closed, so it can't be analyzed.` };
  }
}

/** Why the ticket can't be merged into the other one, as a sentence for the agent; undefined when it can. */
function whyNotInto(ticket: Ticket, into: Ticket): Phrase | undefined {
  if (into.id === ticket.id) return phrase`You can't merge a ticket into itself.`;
  switch (into.state) {
    case 'closed':
      return phrase`Ticket #${into.number} is closed. Choose an open ticket.`;
    case 'merged':
      return phrase`Ticket #${into.number} is merged. Choose an open ticket.`;
    case 'spam':
      return phrase`Ticket #${into.number} is marked as spam. Choose an open ticket.`;
    default:
      return undefined;
  }
}

/** The note on the other ticket. Its key is derived from the merge's key, so that a repeat leaves one note. */
function mergeNote({ number, firstLine }: Ticket, agent: AgentView, key: string): Parameters<Tickets['note']>[1] {
  return {
    actor: actorOf(agent),
    text: `Ticket #${number} was merged into this one: “${firstLine}”`,
    idempotencyKey: `${key}-into`,
  };
}

function undoNote({ number }: Ticket, agent: AgentView, key: string): Parameters<Tickets['note']>[1] {
  return { actor: actorOf(agent), text: `The merge of ticket #${number} was undone.`, idempotencyKey: `${key}-into` };
}

function asRunOutcome(outcome: ReviewOutcome): ReplyOutcome {
  return outcome.kind === 'not-found' ? { kind: 'no-run' } : outcome;
}

function found(ticket: Ticket | undefined): ReplyOutcome {
  return ticket === undefined ? { kind: 'not-found' } : { kind: 'done', ticket };
}
