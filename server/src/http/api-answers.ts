/** The schemas of what the API answers; they describe the types of `console-wire` and are checked against them. */
import { analysisRunSchema } from '@firstword/shared/analysis';
import type { ApiError, SessionView, TicketDetail, TicketList } from '@firstword/shared/console-wire';
import { storedVerdictSchema, ticketEventSchema, ticketSchema } from '@firstword/shared/ticket';
import { messageSchema } from '@firstword/shared/wire';
import { z } from 'zod';

export const sessionViewSchema = z.object({
  agent: z.object({ id: z.string(), name: z.string(), email: z.string(), role: z.enum(['admin', 'agent']) }),
  csrf: z.string(),
  mode: z.enum(['live', 'demo']),
}) satisfies z.ZodType<SessionView>;

const count = z.int().min(0);
export const ticketListSchema = z.object({
  tickets: z.array(ticketSchema),
  counts: z.object({ review: count, mine: count, open: count, done: count }),
}) satisfies z.ZodType<TicketList>;

export const ticketDetailSchema = z.object({
  ticket: ticketSchema,
  handler: z.enum(['ai', 'waiting_human', 'human', 'closed']),
  messages: z.array(messageSchema),
  runs: z.array(analysisRunSchema),
  verdict: storedVerdictSchema.exactOptional(),
  events: z.array(ticketEventSchema),
  notes: z.array(z.object({ at: z.number(), author: z.string(), text: z.string() })),
  cost: z.object({ usd: z.number(), callsOfUnknownPrice: z.number() }),
}) satisfies z.ZodType<TicketDetail>;

export const apiErrorSchema = z.object({
  code: z.enum([
    'bad-request',
    'signed-out',
    'forbidden',
    'not-found',
    'conflict',
    'not-allowed',
    'rate-limited',
    'unavailable',
  ]),
  message: z.string(),
  retryAfterMs: z.number().exactOptional(),
  detail: ticketDetailSchema.exactOptional(),
}) satisfies z.ZodType<ApiError>;
