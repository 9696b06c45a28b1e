/** Tells every process of changed tickets, for the pages that show them, and of what agents are notified of. */
import { on } from 'node:events';
import { agentNotificationSchema } from '@firstword/shared/agent-notification';
import { type Ticket, ticketSchema } from '@firstword/shared/ticket';
import { z } from 'zod';
import type { Redis } from '../lib/redis.ts';
import type { RedisKeys } from './keys.ts';

const notificationSchema = z.object({
  notification: agentNotificationSchema,
  /** The only agent whom it is for; absent: everyone who answers tickets of the site. */
  to: z.string().exactOptional(),
  /** The agent who did it, and needs no notification. */
  by: z.string().exactOptional(),
});
export type TicketNotification = z.infer<typeof notificationSchema>;
const changeSchema = z.union([
  z.object({ ticket: ticketSchema }),
  notificationSchema,
  z.object({ detail: z.string() }),
]);
/** A ticket as it is now, the id of one of which something else has changed, or what has just happened to one. */
export type TicketNews = { readonly ticket: Ticket } | { readonly detail: string } | TicketNotification;

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
      // A process of an older version reads a notification as a change of the ticket's details.
      const readable = 'notification' in news ? { ...news, detail: news.notification.ticketId } : news;
      await redis.spublish(channel, JSON.stringify(readable));
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
