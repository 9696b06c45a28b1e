/** What each action of an agent does. Each is repeatable with its key: it has one effect, and its answer comes again. */
import type { AgentAction, AgentView, ticketActionSchemas } from '@firstword/shared/console-wire';
import type { Ticket, TicketAction } from '@firstword/shared/ticket';
import { ENDED_STATES } from '@firstword/shared/ticket-transitions';
import type { z } from 'zod';
import type { Agents } from '../agents/agents.ts';
import type { ReviewOutcome, RunReview } from '../tickets/run-types.ts';
import type { ActOutcome, TicketActionRequest, Tickets } from '../tickets/ticket-types.ts';
import { actorOf } from './api-actor.ts';
import type { Speak, SpeechOutcome } from './api-speak.ts';

export type TicketOutcome =
  | ActOutcome
  | { readonly kind: 'key-used'; readonly ticket: Ticket }
  /** The ticket has no analysis of that id. */
  | { readonly kind: 'no-run' };

export type ActionBody<Action extends AgentAction> = z.output<(typeof ticketActionSchemas)[Action]>;
interface ActionRequest<Action extends AgentAction> {
  readonly ticket: Ticket;
  readonly agent: AgentView;
  readonly body: ActionBody<Action>;
}
export type TicketActions = {
  readonly [Action in AgentAction]: (request: ActionRequest<Action>) => Promise<TicketOutcome>;
};

export interface TicketActionParts {
  readonly tickets: Pick<Tickets, 'act' | 'get' | 'run' | 'review' | 'queueRun' | 'note' | 'correctVerdict'>;
  readonly agents: Pick<Agents, 'list'>;
  readonly speak: Speak;
}

export function createTicketActions({ tickets, agents, speak }: TicketActionParts): TicketActions {
  const move = (
    action: TicketAction,
    { ticket, agent, body }: ActionRequest<AgentAction>,
    details: Pick<TicketActionRequest, 'code' | 'until' | 'reason' | 'assignee' | 'mergedInto'> = {},
  ): Promise<TicketOutcome> => {
    const { expectedVersion, idempotencyKey } = body;
    return tickets.act(ticket.id, action, { actor: actorOf(agent), expectedVersion, idempotencyKey, ...details });
  };
  const runOf = async (ticket: Ticket, runId: string) => {
    const run = await tickets.run(runId);
    return run?.ticketId === ticket.id ? run : undefined;
  };
  const judge = (runId: string, { id, name }: AgentView, idempotencyKey: string, outcome: RunReview['outcome']) =>
    tickets.review(runId, { reviewer: { id, name }, idempotencyKey, outcome });

  return {
    claim: (request) => move('claim', request),
    async assign(request) {
      const colleague = (await agents.list()).find(({ id }) => id === request.body.agentId);
      if (colleague === undefined)
        return { kind: 'not-allowed', ticket: request.ticket, why: 'There is no such agent.' };
      const { id, name } = colleague;
      return move('assign', request, { assignee: { id, name }, reason: name });
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
      if (into?.siteId !== ticket.siteId) return { kind: 'not-allowed', ticket, why: 'There is no such ticket.' };
      const why = whyNotInto(ticket, into);
      if (why !== undefined) return { kind: 'not-allowed', ticket, why };
      const { id, number } = into;
      const merged = await move('merge', request, { mergedInto: { id, number }, reason: `#${number}` });
      if (merged.kind === 'done') await tickets.note(id, mergeNote(merged.ticket, agent, body.idempotencyKey));
      return merged;
    },
    resolve: (request) => move('resolve', request, { code: request.body.code }),
    snooze: (request) => move('snooze', request, { until: request.body.until, reason: request.body.reason }),

    async reply({ ticket, agent, body }) {
      return asOutcome(await speak({ ...body, ticket, agent }));
    },

    async approve({ ticket, agent, body }) {
      const { runId, text, idempotencyKey } = body;
      const run = await runOf(ticket, runId);
      if (run === undefined) return { kind: 'no-run' };
      const { verdict, reviewer, finalText } = run.review;
      if (run.content === undefined) return { kind: 'not-allowed', ticket, why: 'This analysis proposes no reply.' };
      // The same approval may come again, because its answer was lost; anybody else's comes too late.
      const repeated = reviewer?.id === agent.id && finalText === text;
      if (verdict !== 'pending' && verdict !== 'superseded' && !repeated)
        return { kind: 'not-allowed', ticket, why: `This reply was ${verdict} already.` };
      const said = await speak({ ...body, ticket, agent });
      if (said.kind !== 'said') return said;
      const outcome = { kind: 'sent', text, messageSeq: said.seq } as const;
      const reviewed = await judge(runId, agent, `${idempotencyKey}-review`, outcome);
      // The message is out: a verdict that somebody else gave in this instant does not make it a failure.
      return { kind: 'done', ticket: reviewed.kind === 'done' ? reviewed.ticket : said.ticket };
    },

    async reject({ ticket, agent, body }) {
      const { runId, reason, note, idempotencyKey } = body;
      if ((await runOf(ticket, runId)) === undefined) return { kind: 'no-run' };
      const reviewed = await judge(runId, agent, idempotencyKey, { kind: 'rejected', reason, note });
      if (reviewed.kind !== 'done' || !body.rerun) return asRunOutcome(reviewed);
      return queue(ticket, 'rejection', { actor: actorOf(agent), idempotencyKey: `${idempotencyKey}-rerun` });
    },

    rerun: ({ ticket, agent, body: { idempotencyKey, modelId } }) =>
      queue(ticket, 'agent', { actor: actorOf(agent), idempotencyKey, modelId }),

    async note({ ticket, agent, body: { text, idempotencyKey } }) {
      return found(await tickets.note(ticket.id, { actor: actorOf(agent), text, idempotencyKey }));
    },

    async 'correct-verdict'({ ticket, agent, body: { handling, idempotencyKey } }) {
      const corrected = await tickets.correctVerdict(ticket.id, { handling, actor: actorOf(agent), idempotencyKey });
      return corrected
        ? { kind: 'done', ticket: corrected }
        : { kind: 'not-allowed', ticket, why: 'There is no verdict to correct.' };
    },
  };

  async function queue(
    ticket: Ticket,
    trigger: 'agent' | 'rejection',
    options: Parameters<Tickets['queueRun']>[2],
  ): Promise<TicketOutcome> {
    const queued = await tickets.queueRun(ticket.id, trigger, options);
    return queued
      ? { kind: 'done', ticket: queued.ticket }
      : { kind: 'not-allowed', ticket, why: 'This ticket is over: it gets no more analyses.' };
  }
}

/** Why a ticket's matter cannot go on in another of its site, in words for the agent; undefined when it can. */
function whyNotInto(ticket: Ticket, into: Ticket): string | undefined {
  if (into.id === ticket.id) return 'A ticket is not merged into itself.';
  return ENDED_STATES.includes(into.state) ? `Ticket #${into.number} is ${into.state}: choose an open one.` : undefined;
}

/** What the other ticket's agents read of it. The key is the merge's own, so that a repeat leaves one note. */
function mergeNote({ number, firstLine }: Ticket, agent: AgentView, key: string): Parameters<Tickets['note']>[1] {
  return {
    actor: actorOf(agent),
    text: `Ticket #${number} was merged into this one: “${firstLine}”`,
    idempotencyKey: `${key}-into`,
  };
}

function undoNote({ number }: Ticket, agent: AgentView, key: string): Parameters<Tickets['note']>[1] {
  return { actor: actorOf(agent), text: `Ticket #${number} goes on by itself again.`, idempotencyKey: `${key}-into` };
}

function asOutcome(outcome: SpeechOutcome): TicketOutcome {
  return outcome.kind === 'said' ? { kind: 'done', ticket: outcome.ticket } : outcome;
}

function asRunOutcome(outcome: ReviewOutcome): TicketOutcome {
  return outcome.kind === 'not-found' ? { kind: 'no-run' } : outcome;
}

function found(ticket: Ticket | undefined): TicketOutcome {
  return ticket === undefined ? { kind: 'not-found' } : { kind: 'done', ticket };
}
