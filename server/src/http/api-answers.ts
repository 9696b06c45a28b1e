/** The schemas of what the API answers; they describe the types of `console-wire` and are checked against them. */
import { analysisRunSchema } from '@firstword/shared/analysis';
import type {
  AgentList,
  ApiError,
  CostView,
  SessionView,
  TicketCalls,
  TicketDetail,
  TicketList,
} from '@firstword/shared/console-wire';
import { storedVerdictSchema, ticketEventSchema, ticketSchema } from '@firstword/shared/ticket';
import { messageSchema, responderSchema } from '@firstword/shared/wire';
import { z } from 'zod';
import { preChatSchema } from '../store/pre-chat-store.ts';

export const sessionViewSchema = z.object({
  agent: z.object({ id: z.string(), name: z.string(), email: z.string(), role: z.enum(['admin', 'agent']) }),
  csrf: z.string(),
  mode: z.enum(['live', 'demo']),
  models: z.array(z.string()),
}) satisfies z.ZodType<SessionView>;

export const agentListSchema = z.object({
  agents: z.array(z.object({ id: z.string(), name: z.string() })),
}) satisfies z.ZodType<AgentList>;

const count = z.int().min(0);
export const ticketListSchema = z.object({
  tickets: z.array(ticketSchema),
  counts: z.object({ review: count, mine: count, open: count, done: count }),
}) satisfies z.ZodType<TicketList>;

const costViewSchema = z.object({
  usd: z.number(),
  atLeast: z.boolean(),
  callsOfUnknownPrice: count,
}) satisfies z.ZodType<CostView>;

export const ticketDetailSchema = z.object({
  ticket: ticketSchema,
  responder: responderSchema,
  messages: z.array(messageSchema),
  readSeq: z.int().min(0),
  runs: z.array(analysisRunSchema),
  verdict: storedVerdictSchema.exactOptional(),
  events: z.array(ticketEventSchema),
  notes: z.array(z.object({ at: z.number(), author: z.string(), text: z.string() })),
  cost: costViewSchema,
  preChat: preChatSchema.exactOptional(),
  ratings: z.array(
    z.object({ messageId: z.string(), value: z.enum(['up', 'down']), reason: z.string().exactOptional() }),
  ),
  satisfaction: z.object({ score: z.number(), comment: z.string().exactOptional() }).exactOptional(),
}) satisfies z.ZodType<TicketDetail>;

export const ticketCallsSchema = z.object({
  calls: z.array(
    z.object({
      turnId: z.string().exactOptional(),
      ticketId: z.string().exactOptional(),
      purpose: z.string(),
      role: z.string().exactOptional(),
      tier: z.string(),
      region: z.string(),
      modelId: z.string(),
      startedAt: z.number(),
      ttftMs: z.number().exactOptional(),
      totalMs: z.number(),
      promptTokens: z.number(),
      completionTokens: z.number(),
      estimated: z.boolean(),
      outcome: z.string(),
      reason: z.string().exactOptional(),
      costKnown: z.enum(['full', 'output-only', 'none']),
      costUsd: z.number().exactOptional(),
      why: z.string().exactOptional(),
    }),
  ),
  conversation: costViewSchema,
  ticket: costViewSchema,
}) satisfies z.ZodType<TicketCalls>;

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
