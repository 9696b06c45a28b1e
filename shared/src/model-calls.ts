/** Model calls and what they cost, as the REST API shows them. */
import { z } from 'zod';

const count = z.int().min(0);

/** US dollars, as far as prices are known. */
export const costViewSchema = z.object({
  usd: z.number(),
  /** For some calls only a part of the cost is known. */
  atLeast: z.boolean(),
  callsOfUnknownPrice: count,
});
export type CostView = z.infer<typeof costViewSchema>;

/** One request to a model, whatever its outcome. */
export const modelCallViewSchema = z.object({
  /** The turn that it was made for. */
  turnId: z.string().exactOptional(),
  /** The ticket whose analysis it belongs to. */
  ticketId: z.string().exactOptional(),
  /** `answer`, `triage`, `analysis`. */
  purpose: z.string(),
  /** `first`; `retry` after a failure; `hedge` beside a call that may be late. */
  role: z.string().exactOptional(),
  tier: z.string(),
  region: z.string(),
  modelId: z.string(),
  startedAt: z.number(),
  /** Request sent → first content token; absent when none came. */
  ttftMs: z.number().exactOptional(),
  totalMs: z.number(),
  promptTokens: z.number(),
  completionTokens: z.number(),
  /** The endpoint did not report the tokens. */
  estimated: z.boolean(),
  /** `done`, `failed` or `aborted`. */
  outcome: z.string(),
  /** Why it failed or was aborted. */
  reason: z.string().exactOptional(),
  costKnown: z.enum(['full', 'output-only', 'none']),
  /** Absent when no part of the cost is known. */
  costUsd: z.number().exactOptional(),
  /** Why the router chose this model first. */
  why: z.string().exactOptional(),
  /** How many different values of the prompt were masked; absent for none. */
  masked: z.number().exactOptional(),
});
export type ModelCallView = z.infer<typeof modelCallViewSchema>;

/** `GET /api/v1/tickets/:id/calls` */
export const ticketCallsSchema = z.object({
  /** Oldest first; deleted 30 days after the conversation's last call. */
  calls: z.array(modelCallViewSchema),
  conversation: costViewSchema,
  /** Of this ticket's analyses. */
  ticket: costViewSchema,
});
export type TicketCalls = z.infer<typeof ticketCallsSchema>;
