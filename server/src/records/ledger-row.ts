/** One request to a model endpoint, as the gateway reports it and as the ledger stores it. */
import { z } from 'zod';

const usageSchema = z.object({
  promptTokens: z.number(),
  completionTokens: z.number(),
  /** The part of the prompt that the endpoint took from its cache; absent for none. */
  cachedTokens: z.number().optional(),
  estimated: z.boolean(),
});
const ownerSchema = z.object({
  siteId: z.string(),
  conversationId: z.string().optional(),
  visitorId: z.string().optional(),
  turnId: z.string().optional(),
  ticketId: z.string().optional(),
});

export const ledgerRowSchema = z.object({
  /** Unique; the same id is recorded once. */
  callId: z.string(),
  /** `answer`, `triage`, `analysis`, `router`, `probe`, `benchmark`, `evaluation`. */
  purpose: z.string(),
  /** `first`, `retry` or `hedge`. */
  role: z.string().optional(),
  owner: ownerSchema,
  tier: z.string(),
  region: z.string(),
  modelId: z.string(),
  endpointId: z.string(),
  /** Milliseconds since the epoch; its UTC day selects the totals. */
  startedAt: z.number(),
  /** Request sent → first content token; absent when none came. */
  ttftMs: z.number().optional(),
  totalMs: z.number(),
  usage: usageSchema,
  /** `done`, `failed` or `aborted`. */
  outcome: z.string(),
  code: z.string().optional(),
  /** Why it was aborted. */
  reason: z.string().optional(),
  /** Why the router chose this order of models. */
  why: z.string().optional(),
  /** How many different values of the prompt were masked; absent for none. */
  masked: z.number().optional(),
  costKnown: z.enum(['full', 'output-only', 'none']),
  /** US dollars, the known part; absent, not zero, when nothing is known. */
  costUsd: z.number().optional(),
  /** Version of the price table. */
  priceTable: z.string(),
});
export type LedgerRow = z.infer<typeof ledgerRowSchema>;

/** What the gateway reports; the ledger adds the cost. */
export type ModelCall = Readonly<Omit<LedgerRow, 'owner' | 'costKnown' | 'costUsd' | 'priceTable'>> & {
  /** With the address that budgets count, which no row keeps. */
  readonly owner: Readonly<LedgerRow['owner']> & { readonly address?: string | undefined };
};
