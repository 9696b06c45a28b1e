/** Implements tickets. The database has all state between two calls; Redis learns of each change once it is committed. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Ticket } from '@firstword/shared/ticket';
import type { Log } from '../lib/log.ts';
import { phrase } from '../lib/phrase.ts';
import { RecordsError } from '../records/records-error.ts';
import type { TicketRecord } from '../records/ticket-record.ts';
import type { TicketEffect, TicketStore } from '../records/ticket-store.ts';
import type { TicketChannel, TicketNotification } from '../store/ticket-channel.ts';
import type { TicketHeads } from '../store/ticket-heads.ts';
import type { AgentsInTurn } from './agents-in-turn.ts';
import { createAnalysisRuns, createRunEnqueuer } from './analysis-runs.ts';
import { createHandOffRecord, type TargetOf } from './hand-off-record.ts';
import { createHandOffRequest } from './hand-off-request.ts';
import type { RunQueue } from './run-types.ts';
import { createTargetWarnings } from './target-warnings.ts';
import { createTicketDeliveries } from './ticket-delivery.ts';
import { type ChangeOutcome, createTicketEditing, type TicketChange } from './ticket-editing.ts';
import { notificationOf, notificationOfMention, notificationOfReply } from './ticket-notifications.ts';
import { afterVisitor, amended, applyAction } from './ticket-rules.ts';
import { createTicketSweep } from './ticket-sweep.ts';
import { createTicketTagging } from './ticket-tagging.ts';
import { TICKET_TIMERS, type TicketTimers } from './ticket-timers.ts';
import type { ActOutcome, Tickets } from './ticket-types.ts';
import { createTriageCorrections } from './triage-corrections.ts';
import { createWaitingAssignment } from './turn-assignment.ts';

/** The feed brings a hand-off to the database a moment after the visitor has learned of it, and may act on it. */
const STORED_WITHIN_MS = 3000;
const LOOK_MS = 50;
const NO_TURNS: AgentsInTurn = { siteIds: () => [], of: async () => ({ agents: [], maxOpen: 0 }) };

export interface TicketsParts {
  readonly store: TicketStore;
  readonly heads: TicketHeads;
  readonly channel: TicketChannel;
  /** Without it, no ticket is assigned automatically. */
  readonly turns?: AgentsInTurn;
  /** A site's target for the first reply; none when absent. */
  readonly targetOf?: TargetOf;
  /** Without it, runs wait for the sweep of a process that has a queue. */
  readonly queue?: RunQueue;
  readonly log: Log;
  readonly timers?: Partial<TicketTimers>;
  /** How long a queued run may lack a job before a sweep adds one. */
  readonly orphanMs?: number;
  readonly now?: () => number;
}

export function createTickets(parts: TicketsParts): Tickets {
  const {
    store,
    heads,
    channel,
    log,
    queue,
    turns = NO_TURNS,
    targetOf = () => undefined,
    orphanMs = 20_000,
    now = Date.now,
  } = parts;
  const timers = { ...TICKET_TIMERS, ...parts.timers };
  const deliveries = createTicketDeliveries({ store, heads, channel, log });
  const editing = createTicketEditing(store, deliveries, timers);
  const enqueue = createRunEnqueuer(queue, log);
  const runs = createAnalysisRuns({ store, editing, enqueue, queue, log, now });
  const verdicts = createTriageCorrections({ store, editing, now });

  /** At most once: nothing repeats it if the process dies now. The lists show the ticket anyway. */
  const notify = async (news: TicketNotification | undefined) => {
    if (news === undefined) return;
    await channel
      .publish(news)
      .catch((error: unknown) =>
        log.warn({ ticketId: news.notification.ticketId, reason: String(error) }, 'notifying agents failed'),
      );
  };

  const get = async (ticketId: string) => (await store.find(ticketId))?.ticket;

  const stored: Tickets['stored'] = async (ticketId, withinMs = STORED_WITHIN_MS) => {
    const until = performance.now() + withinMs;
    for (let ticket = await get(ticketId); ; ticket = await get(ticketId)) {
      if (ticket !== undefined) return ticket;
      if (performance.now() > until) throw new RecordsError('unavailable', `ticket ${ticketId} is not stored yet`);
      await pause(LOOK_MS);
    }
  };

  const act: Tickets['act'] = async (ticketId, action, { expectedVersion, idempotencyKey, ...details }) => {
    const outcome = await editing.change<ActOutcome>(
      ticketId,
      ({ record, responder }) => {
        const { ticket, inner } = record;
        if (expectedVersion !== undefined && (expectedVersion < inner.fence || expectedVersion > ticket.version))
          return { stop: { kind: 'conflict', ticket } };
        const moved = applyAction(record, action, { ...details, undoMs: timers.undoMs }, responder, now());
        if ('why' in moved) return { stop: { kind: 'not-allowed', ticket, why: moved.why } };
        const { event, ...change } = moved;
        return { store: { ...change, events: [event] } };
      },
      { key: idempotencyKey, action },
    );
    if (outcome.kind === 'stored') {
      const { ticket } = outcome.record;
      await notify(notificationOf({ action, actor: details.actor }, ticket));
      return { kind: 'done', ticket };
    }
    if (outcome.kind === 'known')
      return { kind: outcome.action === action ? 'done' : 'conflict', ticket: outcome.record.ticket };
    if (outcome.kind === 'stopped') return outcome.refusal;
    const ticket = outcome.kind === 'other-open' ? await get(ticketId) : undefined;
    if (ticket === undefined) return { kind: 'not-found' };
    return { kind: 'not-allowed', ticket, why: phrase`This conversation has a newer open ticket. Continue there.` };
  };

  const amend = (
    ticketId: string,
    change: (record: TicketRecord) => Omit<TicketChange, 'record'> & { ticket?: Partial<Ticket> },
    effect?: TicketEffect,
  ) =>
    editing.change(
      ticketId,
      ({ record }) => {
        const { ticket = {}, ...rest } = change(record);
        return { store: { ...rest, record: amended(record, ticket) } };
      },
      effect,
    );

  return {
    ...runs,
    ...verdicts,
    get,
    act,
    open: createHandOffRequest(heads),
    recordHandOff: createHandOffRecord({ store, editing, timers, enqueue, turns, targetOf, notify, now }),
    assignWaiting: createWaitingAssignment({ store, editing, turns, notify, now }),

    stored,
    async ofConversation(conversationId) {
      const { open } = await heads.read(conversationId);
      return open === undefined ? undefined : stored(open);
    },

    async pointerOf(conversationId) {
      const { open, summary } = await heads.read(conversationId);
      return open === undefined ? undefined : { ticketId: open, agent: summary?.agent };
    },

    list: store.list,
    count: store.count,
    searchAnalyses: store.searchAnalyses,
    counts: store.counts,

    async recordVisitorMessage(ticketId, { seq, text }) {
      const outcome = await editing.change(ticketId, (loaded) => ({ store: afterVisitor(loaded, now()) }), {
        key: `spoke-${seq}`,
        action: 'wake',
      });
      if (outcome.kind === 'stored') await notify(notificationOfReply(outcome.record.ticket, text));
      return ticketOf(outcome);
    },

    async notifyAgents(conversationId) {
      const { open, last } = await heads.read(conversationId);
      const ticketId = open ?? last;
      if (ticketId !== undefined) await channel.publish({ detail: ticketId });
    },

    async setEmail(ticketId, email) {
      return ticketOf(await amend(ticketId, () => ({ ticket: { email } })));
    },

    async note(ticketId, { actor, text, mentions = [], idempotencyKey }) {
      const author = actor.kind === 'agent' ? actor.name : actor.kind;
      const outcome = await amend(
        ticketId,
        ({ ticket }) => {
          const at = now();
          return {
            notes: [{ at, author, text, ...(mentions.length === 0 ? {} : { mentions: [...mentions] }) }],
            events: [{ at, action: 'note', actor, to: ticket.state, version: ticket.version + 1 }],
          };
        },
        { key: idempotencyKey, action: 'note' },
      );
      if (outcome.kind === 'stored')
        for (const { id } of mentions) await notify(notificationOfMention(outcome.record.ticket, id, text, actor));
      return ticketOf(outcome);
    },

    tag: createTicketTagging(editing, now),
    tags: store.tags,
    notes: store.notes,
    events: store.events,
    changes: channel.changes,
    sweep: createTicketSweep({ store, act, warn: createTargetWarnings(editing, notify), runs, timers, orphanMs, log }),
    deliverOld: deliveries.deliverOld,
    forget: store.forget,
  };
}

const ticketOf = (outcome: ChangeOutcome<never>) => ('record' in outcome ? outcome.record.ticket : undefined);
