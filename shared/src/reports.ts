/** The REST API of reports, budgets and the kill switch: one schema for each query, body and response. */
import { z } from 'zod';
import { TIERS } from './catalog.ts';
import { PERCEPTION_BANDS } from './perception.ts';
import { handlingSchema, ticketSchema } from './ticket.ts';
import { siteIdSchema } from './wire.ts';

export const RESPONSE_TIME_KEYS = ['day', 'model', 'tier', 'region'] as const;
export type ResponseTimeKey = (typeof RESPONSE_TIME_KEYS)[number];
export const COST_KEYS = ['day', 'tier', 'model', 'purpose', 'region', 'site'] as const;
export type CostKey = (typeof COST_KEYS)[number];

/** UTC days such as 2026-05-20, both inclusive, at most 400 days. Default: the last seven days. */
const days = { from: z.iso.date().optional(), to: z.iso.date().optional() };
/** `GET /api/v1/reports/response-time`; `site` defaults to the first one. */
export const responseTimeQuerySchema = z.strictObject({
  site: siteIdSchema.optional(),
  ...days,
  by: z.enum(RESPONSE_TIME_KEYS).default('day'),
});
/** `GET /api/v1/reports/cost`; `site` defaults to all sites. */
export const costQuerySchema = z.strictObject({
  site: siteIdSchema.optional(),
  ...days,
  by: z.enum(COST_KEYS).default('day'),
});
/** `GET /api/v1/verdicts` */
export const verdictQuerySchema = z.strictObject({ format: z.enum(['json', 'jsonl']).default('json') });
/** `POST /api/v1/kill-switch`; `all` means every site. */
export const killSwitchSchema = z
  .strictObject({
    site: siteIdSchema,
    stopped: z.boolean(),
    /** Shown in the console while calls are stopped. */
    reason: z.string().trim().max(200).default(''),
  })
  .refine(({ stopped, reason }) => !stopped || reason !== '', {
    path: ['reason'],
    message: 'a reason is required to stop model calls',
  });
export type KillSwitchChange = z.input<typeof killSwitchSchema>;

const count = z.int().min(0);
const amount = z.number().min(0);
const share = z.number().min(0).max(1);
const noDataSchema = z.object({ kind: z.literal('no-data') });

/** Milliseconds. `no-data` is a kind of its own, so that missing data never reads as a good figure. */
export const ttftSummarySchema = z.discriminatedUnion('kind', [
  noDataSchema,
  z.object({ kind: z.literal('measured'), samples: count, p50Ms: amount, p75Ms: amount, p95Ms: amount }),
]);
export type TtftSummary = z.infer<typeof ttftSummarySchema>;

/** A burn rate of 1 uses up exactly the error budget of the objective. */
export const burnSummarySchema = z.discriminatedUnion('kind', [
  noDataSchema,
  z.object({ kind: z.literal('measured'), samples: count, withinShare: share, burnRate: amount, met: z.boolean() }),
]);
export type BurnSummary = z.infer<typeof burnSummarySchema>;

const bandSchema = z.object({ samples: count, share });
export const ttftFiguresSchema = z.object({
  ttft: ttftSummarySchema,
  /** Absent when nothing was measured. */
  bands: z.object({ instant: bandSchema, fast: bandSchema, noticeable: bandSchema, slow: bandSchema }).exactOptional(),
});
export type TtftFigures = z.infer<typeof ttftFiguresSchema>;

export const siteNameSchema = z.object({ id: z.string(), name: z.string() });
export type SiteName = z.infer<typeof siteNameSchema>;

/** The answered question, and every site that a report can be requested for. */
const questionShape = { from: z.iso.date(), to: z.iso.date(), sites: z.array(siteNameSchema) };

/** `unseen`: the visitor left, or the turn failed, before the first answer appeared. */
export const VISIT_BANDS = [...PERCEPTION_BANDS, 'unseen'] as const;
export type VisitBand = (typeof VISIT_BANDS)[number];

/** Visits by the band of their first `feltTtft`. */
export const visitCompletionSchema = z.object({
  band: z.enum(VISIT_BANDS),
  visits: count,
  completed: count,
  /** Completed visits (0…1); absent when there were no visits. */
  share: share.exactOptional(),
  /** Visits whose visitor came back within 30 days. */
  returned: count,
  /** The same as a share (0…1); absent when there were no visits. */
  returnedShare: share.exactOptional(),
});
export type VisitCompletion = z.infer<typeof visitCompletionSchema>;

/** A model in an interactive tier that the site owner allowed outside the tier's limits. TTFT in ms, price in US$ per million output tokens. */
export const outsideLimitSchema = z.object({
  tier: z.enum(TIERS),
  modelId: z.string(),
  what: z.enum(['ttft', 'price']),
  value: amount,
  limit: amount,
});
export type OutsideLimit = z.infer<typeof outsideLimitSchema>;

/** `feltTtft`: send → first painted text, as browsers report it. */
export const responseTimeReportSchema = z.object({
  ...questionShape,
  by: z.enum(RESPONSE_TIME_KEYS),
  site: z.string(),
  /** At least `share` (0…1) of all answers begin within `withinMs`. */
  objective: z.object({ withinMs: amount, share }),
  /** The last hour and the last 24 hours, independent of the requested days. */
  burn: z.object({ hour: burnSummarySchema, day: burnSummarySchema }),
  total: ttftFiguresSchema,
  lines: z.array(z.object({ key: z.string(), figures: ttftFiguresSchema })),
  completion: z.array(visitCompletionSchema),
  outsideLimits: z.array(outsideLimitSchema),
});
export type ResponseTimeReport = z.infer<typeof responseTimeReportSchema>;

export const callTotalsSchema = z.object({
  calls: count,
  failedCalls: count,
  abortedCalls: count,
  promptTokens: count,
  completionTokens: count,
  /** The part of `promptTokens` that endpoints took from their cache. */
  cachedTokens: count,
  /** Calls whose tokens the endpoint did not report. */
  estimatedCalls: count,
  /** US dollars. Full costs, lower bounds and calls of unknown price are never added up. */
  cost: z.object({
    fullUsd: amount,
    fullCalls: count,
    outputOnlyUsd: amount,
    outputOnlyCalls: count,
    unknownCalls: count,
  }),
  /** `modelTtft`: request sent → first content token. */
  ttft: ttftSummarySchema,
});
export type CallTotals = z.infer<typeof callTotalsSchema>;

/** Figures that follow from the calls and visits of the period. US dollars include only known costs. */
export const costFiguresSchema = z.object({
  /** Per million tokens processed; a lower bound while the price of any call is only partly known. Absent when none is. */
  blended: z.object({ usdPerMillion: amount, isLowerBound: z.boolean() }).exactOptional(),
  visits: count,
  /** Answers, triage and analyses, divided by the finished visits; absent when there were none. */
  usdPerVisit: amount.exactOptional(),
  /** Completed answers to visitors by the tier that gave them. */
  answers: z.array(z.object({ tier: z.string(), answers: count, share, usdPerAnswer: amount.exactOptional() })),
  /**
   * Answers that were asked for before triage had decided: shown, or dropped. `savedMs`: what waiting for the verdict
   * first would have added to the shown ones.
   */
  speculation: z.discriminatedUnion('kind', [
    noDataSchema,
    z.object({ kind: z.literal('measured'), shown: count, dropped: count, hitRate: share, savedMs: amount }),
  ]),
});
export type CostFigures = z.infer<typeof costFiguresSchema>;

export const costReportSchema = z.object({
  ...questionShape,
  by: z.enum(COST_KEYS),
  /** Absent: all sites. */
  site: z.string().exactOptional(),
  total: callTotalsSchema,
  figures: costFiguresSchema,
  /** `share`: of all calls. */
  lines: z.array(z.object({ key: z.string(), share, totals: callTotalsSchema })),
});
export type CostReport = z.infer<typeof costReportSchema>;

/** In order of severity. `degrade`: use a cheaper tier. `hand-off`: call no model, open a ticket. `stopped`: switched off. */
export const BUDGET_VERDICTS = ['ok', 'degrade', 'hand-off', 'stopped'] as const;
export type BudgetVerdict = (typeof BUDGET_VERDICTS)[number];

/** A site's spending today (UTC), its limit, and whether its model calls are stopped. */
export const siteBudgetSchema = z.object({
  ...siteNameSchema.shape,
  verdict: z.enum(BUDGET_VERDICTS),
  /** `usd` includes only known costs. */
  spent: z.object({ usd: amount, tokens: count }),
  limit: z.object({ usd: amount.exactOptional(), tokens: count.exactOptional() }).exactOptional(),
  /** Used share of the limit that is closest to being reached; 1 is all of it. Absent without a limit. */
  usedShare: amount.exactOptional(),
  /** The kill switch can't resume what `configuration` stopped. */
  stopped: z.object({ by: z.enum(['site', 'all', 'configuration']), reason: z.string() }).exactOptional(),
});
export type SiteBudget = z.infer<typeof siteBudgetSchema>;

/** `GET /api/v1/budgets`, and the response of the kill switch. */
export const budgetReportSchema = z.object({
  sites: z.array(siteBudgetSchema),
  /** Why the model calls of all sites are stopped. */
  everySite: z.object({ reason: z.string() }).exactOptional(),
});
export type BudgetReport = z.infer<typeof budgetReportSchema>;

/** `GET /api/v1/dead-letters`: analyses that failed for good and were not requested again. */
export const deadLetterListSchema = z.object({
  deadLetters: z.array(
    z.object({ runId: z.string(), ticket: ticketSchema, reason: z.string(), attempts: count, failedAt: z.number() }),
  ),
});
export type DeadLetterList = z.infer<typeof deadLetterListSchema>;

/** `GET /api/v1/verdicts`: how often agents corrected a triage verdict, from which handling to which. */
export const verdictReportSchema = z.object({
  confusion: z.array(z.object({ from: handlingSchema, to: handlingSchema, count })),
});
export type VerdictReport = z.infer<typeof verdictReportSchema>;
