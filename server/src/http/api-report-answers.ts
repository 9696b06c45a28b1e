/** The schemas of what the reports answer; they describe the types of `reports` and are checked against them. */
import type {
  BudgetReport,
  BurnSummary,
  CallTotals,
  CostReport,
  DeadLetterList,
  ResponseTimeReport,
  TtftFigures,
  TtftSummary,
  VerdictReport,
} from '@firstword/shared/reports';
import { COST_KEYS, RESPONSE_TIME_KEYS } from '@firstword/shared/reports';
import { storedVerdictSchema, ticketSchema } from '@firstword/shared/ticket';
import { z } from 'zod';

const count = z.int().min(0);
const amount = z.number().min(0);
const share = z.number().min(0).max(1);
const noData = z.object({ kind: z.literal('no-data') });
const sites = z.array(z.object({ id: z.string(), name: z.string() }));

const ttftSchema = z.discriminatedUnion('kind', [
  noData,
  z.object({ kind: z.literal('measured'), samples: count, p50Ms: amount, p75Ms: amount, p95Ms: amount }),
]) satisfies z.ZodType<TtftSummary>;

const burnSchema = z.discriminatedUnion('kind', [
  noData,
  z.object({ kind: z.literal('measured'), samples: count, withinShare: share, burnRate: amount, met: z.boolean() }),
]) satisfies z.ZodType<BurnSummary>;

const band = z.object({ samples: count, share });
const readingSchema = z.object({
  ttft: ttftSchema,
  bands: z.object({ instant: band, fast: band, noticeable: band, slow: band }).exactOptional(),
}) satisfies z.ZodType<TtftFigures>;

export const responseTimeReportSchema = z.object({
  site: z.string(),
  from: z.iso.date(),
  to: z.iso.date(),
  by: z.enum(RESPONSE_TIME_KEYS),
  sites,
  objective: z.object({ withinMs: amount, share }),
  burn: z.object({ hour: burnSchema, day: burnSchema }),
  total: readingSchema,
  lines: z.array(z.object({ key: z.string(), reading: readingSchema })),
  completion: z.array(
    z.object({
      band: z.enum(['instant', 'fast', 'noticeable', 'slow', 'unseen']),
      visits: count,
      completed: count,
      share: share.exactOptional(),
    }),
  ),
}) satisfies z.ZodType<ResponseTimeReport>;

const totalsSchema = z.object({
  calls: count,
  failedCalls: count,
  abortedCalls: count,
  promptTokens: count,
  completionTokens: count,
  estimatedCalls: count,
  cost: z.object({
    fullUsd: amount,
    fullCalls: count,
    outputOnlyUsd: amount,
    outputOnlyCalls: count,
    unknownCalls: count,
  }),
  ttft: ttftSchema,
}) satisfies z.ZodType<CallTotals>;

export const costReportSchema = z.object({
  site: z.string().exactOptional(),
  from: z.iso.date(),
  to: z.iso.date(),
  by: z.enum(COST_KEYS),
  sites,
  total: totalsSchema,
  lines: z.array(z.object({ key: z.string(), totals: totalsSchema })),
}) satisfies z.ZodType<CostReport>;

export const budgetReportSchema = z.object({
  sites: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      verdict: z.enum(['ok', 'degrade', 'hand-off', 'stopped']),
      spent: z.object({ usd: amount, tokens: count }),
      limit: z.object({ usd: amount.exactOptional(), tokens: count.exactOptional() }).exactOptional(),
      usedShare: amount.exactOptional(),
      stopped: z.object({ by: z.enum(['site', 'all', 'configuration']), reason: z.string() }).exactOptional(),
    }),
  ),
  everySite: z.object({ reason: z.string() }).exactOptional(),
}) satisfies z.ZodType<BudgetReport>;

export const deadLetterListSchema = z.object({
  deadLetters: z.array(
    z.object({ runId: z.string(), ticket: ticketSchema, reason: z.string(), attempts: count, failedAt: z.number() }),
  ),
}) satisfies z.ZodType<DeadLetterList>;

const handling = storedVerdictSchema.shape.handling;
export const verdictReportSchema = z.object({
  confusion: z.array(z.object({ from: handling, to: handling, count })),
}) satisfies z.ZodType<VerdictReport>;
