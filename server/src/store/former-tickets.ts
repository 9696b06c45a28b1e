/** Tickets that a release before PostgreSQL has left in Redis. */
import { type TicketNote, ticketNoteSchema } from '@firstword/shared/console-wire';
import { type TicketEvent, ticketEventSchema } from '@firstword/shared/ticket';
import { type Responder, responderSchema } from '@firstword/shared/wire';
import { z } from 'zod';
import type { Redis } from '../lib/redis.ts';
import type { RedisKeys } from './keys.ts';

export interface FormerTicket {
  readonly id: string;
  readonly conversationId: string;
  /** Ticket and inner fields, as JSON. */
  readonly record: string;
  readonly events: readonly TicketEvent[];
  readonly notes: readonly TicketNote[];
  /** Each as JSON. */
  readonly runs: readonly string[];
  /** Idempotency key → action. */
  readonly effects: Readonly<Record<string, string>>;
  readonly correctedAt: number | undefined;
  readonly responder: Responder;
  readonly isOpen: boolean;
  readonly isLast: boolean;
}

export interface FormerTickets {
  /** How many there are. */
  count(): Promise<number>;
  /** Some of them; an empty list when there are none left. */
  next(limit: number): Promise<FormerTicket[]>;
  /** The last number that a site's tickets had. */
  lastNumber(siteId: string): Promise<number>;
  /** Call it once the ticket is stored elsewhere. */
  remove(ticket: Pick<FormerTicket, 'id' | 'conversationId'>, assigneeId: string | undefined): Promise<void>;
  /** Removes what belongs to no single ticket. */
  clear(): Promise<void>;
}

const PARTS = ['events', 'notes', 'runs', 'effects'] as const;
const SHARED_PARTS = ['due', 'unsettled', 'confusion', 'corrected', 'runs', 'view:review', 'view:open', 'view:done'];
const entriesSchema = z.tuple([z.string(), z.array(z.string())]);

export function createFormerTickets(redis: Redis, keys: RedisKeys): FormerTickets {
  const placed = keys.ticketIndex('placed');
  const homeKey = (id: string) => keys.ticketIndex(`home:${id}`);
  const keysOf = ({ id, conversationId }: Pick<FormerTicket, 'id' | 'conversationId'>) => [
    keys.ticket(conversationId, id),
    ...PARTS.map((part) => keys.ticketPart(conversationId, id, part)),
  ];

  const read = async (id: string): Promise<FormerTicket | undefined> => {
    const conversationId = await redis.get(homeKey(id));
    const [ticketKey = '', events = '', notes = '', runs = '', effects = ''] =
      conversationId === null ? [] : keysOf({ id, conversationId });
    const record = conversationId === null ? null : await redis.hget(ticketKey, 'record');
    if (conversationId === null || record === null) {
      await redis.hdel(placed, id); // its conversation was deleted
      return undefined;
    }
    const [head, correctedAt] = await Promise.all([
      redis.hmget(keys.head(conversationId), 'responder', 'ticket', 'lastTicket'),
      redis.zscore(keys.ticketIndex('corrected'), id),
    ]);
    return {
      ...{ id, conversationId, record },
      events: (await redis.lrange(events, 0, -1)).map((json) => ticketEventSchema.parse(JSON.parse(json))),
      notes: (await redis.lrange(notes, 0, -1)).map((json) => ticketNoteSchema.parse(JSON.parse(json))),
      runs: await redis.hvals(runs),
      effects: await redis.hgetall(effects),
      correctedAt: correctedAt === null ? undefined : Number(correctedAt),
      responder: responderSchema.parse(head[0] ?? 'assistant'),
      isOpen: head[1] === id,
      isLast: head[2] === id,
    };
  };

  return {
    count: () => redis.hlen(placed),

    async next(limit) {
      for (let cursor = '0'; ; ) {
        const [following, entries] = entriesSchema.parse(await redis.hscan(placed, cursor, 'COUNT', limit));
        const found = await Promise.all(entries.filter((_, index) => index % 2 === 0).map(read));
        const tickets = found.flatMap((ticket) => ticket ?? []);
        cursor = following;
        if (tickets.length > 0 || cursor === '0') return tickets;
      }
    },

    lastNumber: async (siteId) => Number((await redis.get(keys.ticketIndex(`number:${siteId}`))) ?? 0),

    async remove(ticket, assigneeId) {
      await redis.del(...keysOf(ticket));
      if (assigneeId !== undefined) await redis.zrem(keys.ticketIndex(`view:mine:${assigneeId}`), ticket.id);
      await redis.del(homeKey(ticket.id));
      await redis.hdel(placed, ticket.id); // last, so that an interrupted removal is repeated
    },

    async clear() {
      await redis.del(...SHARED_PARTS.map((part) => keys.ticketIndex(part)));
    },
  };
}
