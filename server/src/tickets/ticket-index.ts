/** Where every ticket stands among the others: views in the order of work, timers, and changes not yet told. */

import type { TICKET_VIEWS } from '@firstword/shared/console-wire';
import { type Ticket, URGENCIES } from '@firstword/shared/ticket';
import { DONE_STATES, REVIEW_STATES } from '@firstword/shared/ticket-transitions';
import type { Redis } from 'ioredis';
import { defineScript } from '../lib/redis-script.ts';
import type { RedisKeys } from '../store/keys.ts';
import { INDEX_TICKET } from './ticket-scripts.ts';

export type TicketView = (typeof TICKET_VIEWS)[number];

export interface TicketTimers {
  /** A visitor who does not answer for so long: the ticket is resolved. */
  readonly idleMs: number;
  /** Resolved for so long: closed. */
  readonly closeMs: number;
  /** How long `spam` and `merged` may be undone. */
  readonly undoMs: number;
}

export type TicketChangeFeed = { readonly ticket: Ticket } | { readonly detail: string };

/** Views and timers follow the tickets; a ticket itself is always read from where it is stored. */
export interface TicketIndex {
  /** Notes that a change is about to be stored, for the sweep that finishes what a dead process began. */
  markPending(token: string): Promise<void>;
  clearPending(token: string): Promise<void>;
  /** Puts the ticket in its views and tells everybody. An older version than the placed one moves nothing. */
  reindex(ticket: Ticket, token: string): Promise<void>;
  tell(news: TicketChangeFeed): Promise<void>;
  /** Ids in the order of work (`done`: newest first). */
  ids(view: TicketView, agentId: string, offset: number, limit: number): Promise<string[]>;
  counts(agentId: string): Promise<Record<TicketView, number>>;
  /** Tickets whose timer has run out. */
  due(now: number, limit: number): Promise<string[]>;
  /** Changes begun before `before` that nobody has finished. */
  listPending(before: number, limit: number): Promise<{ token: string; ticketId: string }[]>;
  forget(ticketId: string): Promise<void>;
}

/** Larger than any time in milliseconds until the year 2286, so that urgency orders before waiting time. */
const URGENCY_STEP = 1e13;

export function createTicketIndex(parts: { redis: Redis; keys: RedisKeys; timers: TicketTimers }): TicketIndex {
  const { redis, keys, timers } = parts;
  const place = defineScript(redis, 'fwTicketPlace', 6, INDEX_TICKET);
  const key = {
    placed: keys.ticketIndex('placed'),
    unsettled: keys.ticketIndex('unsettled'),
    due: keys.ticketIndex('due'),
    mine: keys.ticketIndex('view:mine:'),
  };
  const viewKey = (view: TicketView, agentId: string) =>
    view === 'mine' ? `${key.mine}${agentId}` : keys.ticketIndex(`view:${view}`);

  const tell = async (news: TicketChangeFeed) => {
    await redis.publish(keys.ticketChanges(), JSON.stringify(news));
  };

  return {
    async markPending(token) {
      await redis.zadd(key.unsettled, Date.now(), token);
    },
    async clearPending(token) {
      await redis.zrem(key.unsettled, token);
    },

    async reindex(ticket, token) {
      const done = DONE_STATES.includes(ticket.state);
      const order = orderOfWork(ticket);
      const assigneeId = ticket.assignee?.id ?? '';
      const placed = place(
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
          done ? '' : order,
          REVIEW_STATES.includes(ticket.state) ? order : '',
          done ? -ticket.changedAt : '',
          done ? '' : assigneeId,
          key.mine,
        ],
      );
      // One connection keeps their order: placed, told, settled. A death in between tells twice, never not at all.
      await Promise.all([placed, tell({ ticket }), redis.zrem(key.unsettled, token)]);
    },

    tell,

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

/** Critical before high, and of the same urgency whoever waits longest. */
function orderOfWork({ urgency, waitingSince, openedAt }: Ticket): number {
  return (URGENCIES.length - 1 - URGENCIES.indexOf(urgency)) * URGENCY_STEP + (waitingSince ?? openedAt);
}

/** When its timer runs out, in milliseconds since the epoch; undefined when it has none. */
export function dueAt(ticket: Ticket, { idleMs, closeMs }: TicketTimers): number | undefined {
  if (ticket.state === 'waiting-visitor') return ticket.changedAt + idleMs;
  if (ticket.state === 'resolved') return ticket.changedAt + closeMs;
  return ticket.state === 'snoozed' ? ticket.snoozedUntil : undefined;
}
