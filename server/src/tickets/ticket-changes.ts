/** Subscribes to the ticket changes of all processes. */
import { on } from 'node:events';
import { ticketSchema } from '@firstword/shared/ticket';
import { z } from 'zod';
import type { Redis } from '../lib/redis.ts';
import type { TicketChangeFeed } from './ticket-index.ts';

const changeSchema = z.union([z.object({ ticket: ticketSchema }), z.object({ detail: z.string() })]);

/** Changes are lost while the connection is down: a reader that must not miss any lists the tickets again afterwards. */
export async function* watchTickets(
  subscriber: Redis,
  channel: string,
  signal: AbortSignal,
): AsyncGenerator<TicketChangeFeed> {
  const messages = on(subscriber, 'smessage', { signal });
  await subscriber.ssubscribe(channel);
  try {
    for await (const [from, text] of messages) if (from === channel) yield changeSchema.parse(JSON.parse(text));
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
