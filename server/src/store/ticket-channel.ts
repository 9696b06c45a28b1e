/** Tells every process of changed tickets, for the pages that show them. */
import { on } from 'node:events';
import { type Ticket, ticketSchema } from '@firstword/shared/ticket';
import { z } from 'zod';
import type { Redis } from '../lib/redis.ts';
import type { RedisKeys } from './keys.ts';

const changeSchema = z.union([z.object({ ticket: ticketSchema }), z.object({ detail: z.string() })]);
/** A ticket as it is now, or the id of one of which something else has changed. */
export type TicketNews = { readonly ticket: Ticket } | { readonly detail: string };

export interface TicketChannel {
  publish(news: TicketNews): Promise<void>;
  /**
   * The changes by all processes, until the signal aborts. Changes are lost while the connection is down: a reader that must
   * not miss any lists the tickets again afterwards.
   */
  changes(signal: AbortSignal): AsyncIterable<TicketNews>;
}

/** @param subscriber a `waiting` connection, used only by `changes` */
export function createTicketChannel(redis: Redis, keys: RedisKeys, subscriber?: Redis): TicketChannel {
  const channel = keys.ticketChanges();
  return {
    async publish(news) {
      await redis.spublish(channel, JSON.stringify(news));
    },
    async *changes(signal) {
      if (subscriber === undefined) throw new Error('this process has no connection for ticket changes');
      const messages = on(subscriber, 'smessage', { signal });
      await subscriber.ssubscribe(channel);
      try {
        for await (const [from, text] of messages) if (from === channel) yield changeSchema.parse(JSON.parse(text));
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    },
  };
}
