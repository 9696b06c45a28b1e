/** Tickets as other rooms use them: open, act, list, hear of changes. All that holds between two calls is in Redis. */
import type { TicketNote } from '@firstword/shared/console-wire';
import type {
  Actor,
  HandOffReason,
  StoredVerdict,
  Ticket,
  TicketAction,
  TicketEvent,
  Urgency,
} from '@firstword/shared/ticket';
import type { Redis } from 'ioredis';
import type { Log } from '../lib/log.ts';
import type { RedisKeys } from '../store/keys.ts';
import { type AnalysisRuns, createAnalysisRuns, type RunQueue } from './analysis-runs.ts';
import { watchTickets } from './ticket-changes.ts';
import { createTicketIndex, type TicketChangeFeed, type TicketTimers, type TicketView } from './ticket-index.ts';
import { createTicketOpening } from './ticket-opening.ts';
import type { TicketRecord } from './ticket-record.ts';
import { afterVisitor, amended, applyAction } from './ticket-rules.ts';
import { createTicketStore, type TicketChange, type TicketEffect, TicketError } from './ticket-store.ts';
import { createTicketSweep } from './ticket-sweep.ts';
import { createTriageCorrections, type TriageCorrections } from './triage-corrections.ts';

export interface OpenTicket {
  readonly siteId: string;
  readonly conversationId: string;
  readonly openedBy: Ticket['openedBy'];
  /** The agent, when one opened it. */
  readonly actor?: Actor;
  readonly reason: HandOffReason;
  readonly urgency: Urgency;
  /** The visitor's words that led here; shortened to 200 characters. */
  readonly firstLine: string;
  readonly language?: string | undefined;
  readonly locale?: string | undefined;
  readonly verdict?: StoredVerdict | undefined;
  /** Milliseconds since the epoch; when the visitor began to wait. */
  readonly waitingSince: number;
  /** Opening again with the same key has no second effect and the same answer. */
  readonly idempotencyKey: string;
  /** False: no analysis is wanted. */
  readonly analyse?: boolean;
}

export interface TicketActionRequest {
  readonly actor: Actor;
  /** Absent for what does not depend on what anybody saw: the visitor's words, timers. */
  readonly expectedVersion?: number;
  readonly idempotencyKey: string;
  readonly reason?: string | undefined;
  /** For `resolve`. */
  readonly code?: Ticket['resolution'];
  /** For `assign`. */
  readonly assignee?: Ticket['assignee'];
  /** For `merge`. */
  readonly mergedInto?: Ticket['mergedInto'];
  /** For `hold`, milliseconds since the epoch. */
  readonly until?: number | undefined;
}

export type ActOutcome =
  | { readonly kind: 'done'; readonly ticket: Ticket }
  /** Somebody was quicker: the ticket as it is now. */
  | { readonly kind: 'conflict'; readonly ticket: Ticket }
  | { readonly kind: 'not-allowed'; readonly ticket: Ticket; readonly why: string }
  | { readonly kind: 'not-found' };

export interface Tickets extends AnalysisRuns, TriageCorrections {
  /** `created` is false when the conversation had one already; a resolved one is reopened. */
  open(request: OpenTicket): Promise<{ ticket: Ticket; created: boolean }>;
  get(ticketId: string): Promise<Ticket | undefined>;
  /** The open (or resolved, not yet closed) ticket of a conversation. */
  ofConversation(conversationId: string): Promise<Ticket | undefined>;
  /** In the order of work: by urgency, then by how long the visitor waits; `done` newest first. */
  list(query: { view: TicketView; agentId: string; siteIds?: readonly string[]; limit: number }): Promise<Ticket[]>;
  counts(agentId: string): Promise<Record<TicketView, number>>;
  act(ticketId: string, action: TicketAction, request: TicketActionRequest): Promise<ActOutcome>;
  /**
   * To be called after a visitor's message is stored: wakes or reopens the ticket and marks its analysis as outdated.
   * @param seq of the message; the same one has one effect
   */
  visitorSpoke(conversationId: string, seq: number): Promise<Ticket | undefined>;
  /** Where an answer goes when the visitor has left. */
  setEmail(ticketId: string, email: string): Promise<Ticket | undefined>;
  /** Something beside the tickets of a conversation has changed, such as a rating: who looks at its ticket reads it again. */
  tellAgents(conversationId: string): Promise<void>;
  note(ticketId: string, note: { actor: Actor; text: string; idempotencyKey: string }): Promise<Ticket | undefined>;
  notes(ticketId: string): Promise<TicketNote[]>;
  /** Oldest first. */
  events(ticketId: string): Promise<TicketEvent[]>;
  /** Every change of every ticket, of all processes, until the signal aborts. */
  changes(signal: AbortSignal): AsyncIterable<TicketChangeFeed>;
  /** Timers, and what dead processes left half done. Any number of processes may sweep at once. */
  sweep(now: number): Promise<void>;
  /** Removes all that is known of a ticket. */
  forget(ticketId: string): Promise<void>;
}

export interface TicketsParts {
  readonly redis: Redis;
  /** A `waiting` connection, for `changes` alone. */
  readonly subscriber?: Redis;
  readonly keys: RedisKeys;
  /** Where runs are handed to workers; absent, they wait for a sweep of a process that has one. */
  readonly queue?: RunQueue;
  readonly log: Log;
  readonly timers?: Partial<TicketTimers>;
  /** How long a queued run may be without a job before the sweep makes one. */
  readonly orphanMs?: number;
  readonly now?: () => number;
}

const HOUR_MS = 3_600_000;
const TIMERS: TicketTimers = { idleMs: 72 * HOUR_MS, closeMs: 96 * HOUR_MS, undoMs: HOUR_MS };
const LIST_BATCH = 100;

export function createTickets(parts: TicketsParts): Tickets {
  const { redis, subscriber, keys, log, queue, orphanMs = 20_000, now = Date.now } = parts;
  const timers = { ...TIMERS, ...parts.timers };
  const board = createTicketIndex({ redis, keys, timers });
  const store = createTicketStore({ redis, keys, board });
  const runs = createAnalysisRuns({ redis, keys, store, queue, log, now });
  const verdicts = createTriageCorrections({ redis, keys, store, now });

  const get = async (ticketId: string) => (await store.load(ticketId))?.record.ticket;

  const act: Tickets['act'] = async (ticketId, action, { expectedVersion, idempotencyKey, ...details }) => {
    const outcome = await store.change<ActOutcome>(
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
    if (outcome.kind === 'stored') return { kind: 'done', ticket: outcome.record.ticket };
    if (outcome.kind === 'known')
      return { kind: outcome.action === action ? 'done' : 'conflict', ticket: outcome.record.ticket };
    if (outcome.kind === 'stopped') return outcome.refusal;
    const ticket = outcome.kind === 'taken' ? await get(ticketId) : undefined;
    if (ticket === undefined) return { kind: 'not-found' };
    return { kind: 'not-allowed', ticket, why: 'This conversation has a newer open ticket.' };
  };

  const amend = async (
    ticketId: string,
    change: (record: TicketRecord) => Omit<TicketChange, 'record'> & { ticket?: Partial<Ticket> },
    effect?: TicketEffect,
  ) => {
    const outcome = await store.change(
      ticketId,
      ({ record }) => {
        const { ticket = {}, ...rest } = change(record);
        return { store: { ...rest, record: amended(record, ticket) } };
      },
      effect,
    );
    return 'record' in outcome ? outcome.record.ticket : undefined;
  };

  return {
    ...runs,
    ...verdicts,
    get,
    act,
    open: createTicketOpening({ store, board, act, queueRun: runs.queueRun, log, now }),

    async ofConversation(conversationId) {
      const { open } = await store.pointers(conversationId);
      return open === undefined ? undefined : get(open);
    },

    async list({ view, agentId, siteIds, limit }) {
      const found: Ticket[] = [];
      for (let offset = 0; found.length < limit; offset += LIST_BATCH) {
        const ids = await board.ids(view, agentId, offset, LIST_BATCH);
        const tickets = await Promise.all(ids.map(get));
        for (const [index, ticket] of tickets.entries())
          if (ticket === undefined)
            await board.forget(ids[index] ?? ''); // its conversation was deleted
          else if (siteIds?.includes(ticket.siteId) ?? true) found.push(ticket);
        if (ids.length < LIST_BATCH) break;
      }
      return found.slice(0, limit);
    },

    counts: board.counts,

    async visitorSpoke(conversationId, seq) {
      const { open } = await store.pointers(conversationId);
      if (open === undefined) return undefined;
      const outcome = await store.change(open, (loaded) => ({ store: afterVisitor(loaded, now()) }), {
        key: `spoke-${seq}`,
        action: 'wake',
      });
      return 'record' in outcome ? outcome.record.ticket : undefined;
    },

    async tellAgents(conversationId) {
      const { open, last } = await store.pointers(conversationId);
      const ticketId = open ?? last;
      if (ticketId !== undefined) await board.tell({ detail: ticketId });
    },

    setEmail: (ticketId, email) => amend(ticketId, () => ({ ticket: { email } })),

    note: (ticketId, { actor, text, idempotencyKey }) =>
      amend(
        ticketId,
        ({ ticket }) => {
          const at = now();
          return {
            notes: [{ at, author: actor.kind === 'agent' ? actor.name : actor.kind, text }],
            events: [{ at, action: 'note', actor, to: ticket.state, version: ticket.version + 1 }],
          };
        },
        { key: idempotencyKey, action: 'note' },
      ),

    notes: store.notes,
    events: store.events,
    changes: (signal) => {
      if (subscriber === undefined) throw new TicketError('changes need a connection of their own');
      return watchTickets(subscriber, keys.ticketChanges(), signal);
    },
    sweep: createTicketSweep({ store, board, act, runs, timers, orphanMs, log }),
    forget: store.forget,
  };
}
