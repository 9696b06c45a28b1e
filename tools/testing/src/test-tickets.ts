/** Tickets over a Redis, for tests that run no web process. */
import { readEntry } from '@firstword/server/feed/feed-entry';
import type { Redis } from '@firstword/server/lib/redis';
import { createMemoryTicketStore } from '@firstword/server/records/memory-ticket-store';
import type { TicketStore } from '@firstword/server/records/ticket-store';
import type { RedisKeys } from '@firstword/server/store/keys';
import { createTicketChannel } from '@firstword/server/store/ticket-channel';
import { createTicketHeads } from '@firstword/server/store/ticket-heads';
import type { HandOffOutcome, OpenTicket, Tickets } from '@firstword/server/tickets/ticket-types';
import { createTickets, type TicketsParts } from '@firstword/server/tickets/tickets';
import type { Ticket } from '@firstword/shared/ticket';
import { silentLog } from './silent-log.ts';

export interface TestTickets extends Tickets {
  /** Hands a conversation off, and stores the ticket as the consumer of the feed does. */
  openNow(request: OpenTicket): Promise<HandOffOutcome & { readonly ticket: Ticket }>;
}

export interface TestTicketParts extends Partial<Omit<TicketsParts, 'heads' | 'channel'>> {
  readonly redis: Redis;
  readonly keys: RedisKeys;
  readonly subscriber?: Redis;
  /** In memory unless it is given. */
  readonly store?: TicketStore;
}

export function createTestTickets(parts: TestTicketParts): TestTickets {
  const { redis, keys, subscriber, store = createMemoryTicketStore(), log = silentLog, ...more } = parts;
  const heads = createTicketHeads(redis, keys);
  const channel = createTicketChannel(redis, keys, subscriber);
  const tickets = createTickets({ ...more, store, heads, channel, log });
  const handOffsOf = async (conversationId: string) =>
    (await redis.xrange(keys.feedOf(conversationId), '-', '+'))
      .map(([id, fields]) => readEntry({ id, fields }))
      .filter((event) => event.conversationId === conversationId);
  return {
    ...tickets,
    async openNow(request) {
      const outcome = await tickets.open(request);
      for (const event of await handOffsOf(request.conversationId))
        if (event.type === 'hand-off-requested') await tickets.recordHandOff(event);
      const ticket = await tickets.get(outcome.ticketId);
      if (ticket === undefined) throw new Error(`ticket ${outcome.ticketId} was not stored`);
      return { ...outcome, ticket };
    },
  };
}
