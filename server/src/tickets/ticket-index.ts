/** Index of all tickets: sorted views, timers, and changes that are not indexed yet. */
import type { TICKET_VIEWS } from '@firstword/shared/console-wire';
import { type Ticket, URGENCIES } from '@firstword/shared/ticket';
import { AWAY_STATES, REVIEW_STATES } from '@firstword/shared/ticket-transitions';
import type { Redis } from '../lib/redis.ts';
import { defineScript } from '../lib/redis-script.ts';
import type { RedisKeys } from '../store/keys.ts';
import { INDEX_TICKET } from './ticket-scripts.ts';

export type TicketView = (typeof TICKET_VIEWS)[number];

export interface TicketTimers {
  /** Resolves a ticket whose visitor has not replied for this long. */
  readonly idleMs: number;
  /** Closes a ticket that has been resolved for this long. */
  readonly closeMs: number;
  /** How long spam and merged tickets can be restored. */
  readonly undoMs: number;
}

export type TicketChangeFeed = { readonly ticket: Ticket } | { readonly detail: string };

/** Holds ids and scores only; tickets are always read from the store. */
export interface TicketIndex {
  /** Records that a change is about to be stored, so that a sweep can complete it if this process dies. */
  markPending(token: string): Promise<void>;
  clearPending(token: string): Promise<void>;
  /** Updates the ticket's views and publishes the change. Does nothing if a newer version is indexed. */
  reindex(ticket: Ticket, token: string): Promise<void>;
  publish(change: TicketChangeFeed): Promise<void>;
  /** Ids by urgency and waiting time (`done`: newest first). */
  ids(view: TicketView, agentId: string, offset: number, limit: number): Promise<string[]>;
  counts(agentId: string): Promise<Record<TicketView, number>>;
  /** Tickets whose timer has expired. */
  due(now: number, limit: number): Promise<string[]>;
  /** Changes that were recorded before `before` and are still pending. */
  listPending(before: number, limit: number): Promise<{ token: string; ticketId: string }[]>;
  forget(ticketId: string): Promise<void>;
}

/** Larger than any time in milliseconds until the year 2286, so that urgency orders before waiting time. */
const URGENCY_STEP = 1e13;

export function createTicketIndex(parts: { redis: Redis; keys: RedisKeys; timers: TicketTimers }): TicketIndex {
  const { redis, keys, timers } = parts;
  const indexTicket = defineScript(redis, 'fwTicketPlace', 6, INDEX_TICKET);
  const key = {
    placed: keys.ticketIndex('placed'),
    unsettled: keys.ticketIndex('unsettled'),
    due: keys.ticketIndex('due'),
    mine: keys.ticketIndex('view:mine:'),
  };
  const viewKey = (view: TicketView, agentId: string) =>
    view === 'mine' ? `${key.mine}${agentId}` : keys.ticketIndex(`view:${view}`);

  const publish = async (change: TicketChangeFeed) => {
    await redis.spublish(keys.ticketChanges(), JSON.stringify(change));
  };

  return {
    async markPending(token) {
      await redis.zadd(key.unsettled, Date.now(), token);
    },
    async clearPending(token) {
      await redis.zrem(key.unsettled, token);
    },

    async reindex(ticket, token) {
      const away = AWAY_STATES.includes(ticket.state);
      const order = workOrder(ticket);
      const assigneeId = ticket.assignee?.id ?? '';
      const indexed = indexTicket(
        [
          key.placed,
          key.due,
          viewKey('review', ''),
          viewKey('open', ''),
          viewKey('done', ''),
          viewKey('mine', assigneeId),
        ],
        [
          ticket.id,
          ticket.version,
          dueAt(ticket, timers) ?? '',
          away ? '' : order,
          REVIEW_STATES.includes(ticket.state) ? order : '',
          away ? -ticket.changedAt : '',
          away ? '' : assigneeId,
          key.mine,
        ],
      );
      // One connection keeps the order: index, publish, clear. Dying in between publishes twice, never not at all.
      await Promise.all([indexed, publish({ ticket }), redis.zrem(key.unsettled, token)]);
    },

    publish,

    ids: (view, agentId, offset, limit) => redis.zrange(viewKey(view, agentId), offset, `${offset + limit - 1}`),

    async counts(agentId) {
      const count = (view: TicketView) => redis.zcard(viewKey(view, agentId));
      const [review, mine, open, done] = await Promise.all([
        count('review'),
        count('mine'),
        count('open'),
        count('done'),
      ]);
      return { review, mine, open, done };
    },

    due: (now, limit) => redis.zrangebyscore(key.due, 0, now, 'LIMIT', 0, limit),

    async listPending(before, limit) {
      const tokens = await redis.zrangebyscore(key.unsettled, 0, before, 'LIMIT', 0, limit);
      return tokens.map((token) => ({ token, ticketId: token.split('/')[0] ?? '' }));
    },

    async forget(ticketId) {
      const placed = await redis.hget(key.placed, ticketId);
      const agentId = placed?.split('|')[1] ?? '';
      for (const view of ['review', 'open', 'done', 'mine'] as const)
        await redis.zrem(viewKey(view, agentId), ticketId);
      await redis.zrem(key.due, ticketId);
      await redis.hdel(key.placed, ticketId);
    },
  };
}

/** Higher urgency first; within one urgency, the longest waiting time first. */
function workOrder({ urgency, waitingSince, openedAt }: Ticket): number {
  return (URGENCIES.length - 1 - URGENCIES.indexOf(urgency)) * URGENCY_STEP + (waitingSince ?? openedAt);
}

/** When the ticket's timer expires, in milliseconds since the epoch; undefined when it has none. */
export function dueAt(ticket: Ticket, { idleMs, closeMs }: TicketTimers): number | undefined {
  if (ticket.state === 'waiting-visitor') return ticket.changedAt + idleMs;
  if (ticket.state === 'resolved') return ticket.changedAt + closeMs;
  return ticket.state === 'snoozed' ? ticket.snoozedUntil : undefined;
}
