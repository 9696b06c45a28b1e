/** Implements tickets. All state between two calls is in Redis. */
import type { Ticket } from '@firstword/shared/ticket';
import type { Log } from '../lib/log.ts';
import type { Redis } from '../lib/redis.ts';
import type { RedisKeys } from '../store/keys.ts';
import { createAnalysisRuns } from './analysis-runs.ts';
import type { RunQueue } from './run-types.ts';
import { watchTickets } from './ticket-changes.ts';
import { createTicketIndex, type TicketTimers } from './ticket-index.ts';
import { createTicketOpening } from './ticket-opening.ts';
import type { TicketRecord } from './ticket-record.ts';
import { afterVisitor, amended, applyAction } from './ticket-rules.ts';
import { createTicketStore, type TicketChange, type TicketEffect, TicketError } from './ticket-store.ts';
import { createTicketSweep } from './ticket-sweep.ts';
import type { ActOutcome, Tickets } from './ticket-types.ts';
import { createTriageCorrections } from './triage-corrections.ts';

export interface TicketsParts {
  readonly redis: Redis;
  /** A `waiting` connection, used only by `changes`. */
  readonly subscriber?: Redis;
  readonly keys: RedisKeys;
  /** Without it, runs wait for the sweep of a process that has a queue. */
  readonly queue?: RunQueue;
  readonly log: Log;
  readonly timers?: Partial<TicketTimers>;
  /** How long a queued run may lack a job before a sweep adds one. */
  readonly orphanMs?: number;
  readonly now?: () => number;
}

const HOUR_MS = 3_600_000;
const TIMERS: TicketTimers = { idleMs: 72 * HOUR_MS, closeMs: 96 * HOUR_MS, undoMs: HOUR_MS };
const LIST_BATCH = 100;

export function createTickets(parts: TicketsParts): Tickets {
  const { redis, subscriber, keys, log, queue, orphanMs = 20_000, now = Date.now } = parts;
  const timers = { ...TIMERS, ...parts.timers };
  const index = createTicketIndex({ redis, keys, timers });
  const store = createTicketStore({ redis, keys, index });
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
    const ticket = outcome.kind === 'other-open' ? await get(ticketId) : undefined;
    if (ticket === undefined) return { kind: 'not-found' };
    return { kind: 'not-allowed', ticket, why: 'This conversation has a newer open ticket. Continue there.' };
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
    open: createTicketOpening({ store, index, act, queueRun: runs.queueRun, log, now }),

    async ofConversation(conversationId) {
      const { open } = await store.pointers(conversationId);
      return open === undefined ? undefined : get(open);
    },

    async list({ view, agentId, siteIds, limit }) {
      const found: Ticket[] = [];
      for (let offset = 0; found.length < limit; offset += LIST_BATCH) {
        const ids = await index.ids(view, agentId, offset, LIST_BATCH);
        const tickets = await Promise.all(ids.map(get));
        for (const [position, ticket] of tickets.entries())
          if (ticket === undefined)
            await index.forget(ids[position] ?? ''); // its conversation was deleted
          else if (siteIds?.includes(ticket.siteId) ?? true) found.push(ticket);
        if (ids.length < LIST_BATCH) break;
      }
      return found.slice(0, limit);
    },

    counts: index.counts,

    async recordVisitorMessage(conversationId, seq) {
      const { open } = await store.pointers(conversationId);
      if (open === undefined) return undefined;
      const outcome = await store.change(open, (loaded) => ({ store: afterVisitor(loaded, now()) }), {
        key: `spoke-${seq}`,
        action: 'wake',
      });
      return 'record' in outcome ? outcome.record.ticket : undefined;
    },

    async notifyAgents(conversationId) {
      const { open, last } = await store.pointers(conversationId);
      const ticketId = open ?? last;
      if (ticketId !== undefined) await index.publish({ detail: ticketId });
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
      if (subscriber === undefined) throw new TicketError('changes() needs the part `subscriber`');
      return watchTickets(subscriber, keys.ticketChanges(), signal);
    },
    sweep: createTicketSweep({ store, index, act, runs, timers, orphanMs, log }),
    forget: store.forget,
  };
}
