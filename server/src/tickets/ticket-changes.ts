/** The changes of all tickets as they happen, from every process. */
import { on } from 'node:events';
import { ticketSchema } from '@firstword/shared/ticket';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { TicketChangeFeed } from './ticket-index.ts';

const newsSchema = z.union([z.object({ ticket: ticketSchema }), z.object({ detail: z.string() })]);

/** News while the connection is away is lost, so a reader that must not miss any lists the tickets again after a gap. */
export async function* watchTickets(
  subscriber: Redis,
  channel: string,
  signal: AbortSignal,
): AsyncGenerator<TicketChangeFeed> {
  const messages = on(subscriber, 'message', { signal });
  await subscriber.subscribe(channel);
  try {
    for await (const [from, text] of messages) if (from === channel) yield newsSchema.parse(JSON.parse(text));
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
