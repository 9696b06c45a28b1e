/** The contract of what is measured and what it costs: reports over REST, and the switch that stops spending. */
import { z } from 'zod';
import type { PerceptionBand } from './perception.ts';
import type { StoredVerdict, Ticket } from './ticket.ts';
import { siteIdSchema } from './wire.ts';

export const RESPONSE_TIME_KEYS = ['day', 'model', 'tier', 'region'] as const;
export type ResponseTimeKey = (typeof RESPONSE_TIME_KEYS)[number];
export const COST_KEYS = ['day', 'tier', 'model', 'purpose', 'region', 'site'] as const;
export type CostKey = (typeof COST_KEYS)[number];

/** UTC days like 2026-05-20, both included, at most 400; absent, the last seven. */
const days = { from: z.iso.date().optional(), to: z.iso.date().optional() };
/** `GET /api/v1/reports/response-time`; without a site the first one is meant. */
export const responseTimeQuerySchema = z.strictObject({
  site: siteIdSchema.optional(),
  ...days,
  by: z.enum(RESPONSE_TIME_KEYS).default('day'),
});
/** `GET /api/v1/reports/cost`; without a site all are meant. */
export const costQuerySchema = z.strictObject({
  site: siteIdSchema.optional(),
  ...days,
  by: z.enum(COST_KEYS).default('day'),
});
/** `GET /api/v1/verdicts` */
export const verdictQuerySchema = z.strictObject({ format: z.enum(['json', 'jsonl']).default('json') });
/** `POST /api/v1/kill-switch`; `all` is every site, whatever their ids. */
export const killSwitchSchema = z
  .strictObject({
    site: siteIdSchema,
    stopped: z.boolean(),
    /** For everybody who meets the stop. */
    reason: z.string().trim().max(200).default(''),
  })
  .refine(({ stopped, reason }) => !stopped || reason !== '', { path: ['reason'], message: 'say why' });
export type KillSwitchChange = z.input<typeof killSwitchSchema>;

/** Milliseconds. No data is a kind of its own, so that silence never looks like a good number. */
export type TtftSummary =
  | { readonly kind: 'no-data' }
  | {
      readonly kind: 'measured';
      readonly samples: number;
      readonly p50Ms: number;
      readonly p75Ms: number;
      readonly p95Ms: number;
    };

/** `burnRate` 1 uses up exactly what the objective allows to be late. */
export type BurnSummary =
  | { readonly kind: 'no-data' }
  | {
      readonly kind: 'measured';
      readonly samples: number;
      readonly withinShare: number;
      readonly burnRate: number;
      readonly met: boolean;
    };

/** `bands` is absent where nothing was measured. */
export interface TtftFigures {
  readonly ttft: TtftSummary;
  readonly bands?: Readonly<Record<PerceptionBand, { readonly samples: number; readonly share: number }>>;
}

export interface SiteName {
  readonly id: string;
  readonly name: string;
}

interface Asked<Key> {
  readonly from: string;
  readonly to: string;
  readonly by: Key;
  /** Every site that one may ask for. */
  readonly sites: readonly SiteName[];
}

/** Send → first painted word, as browsers report it. */
export interface ResponseTimeReport extends Asked<ResponseTimeKey> {
  readonly site: string;
  /** At least `share` (0…1) of all answers begin within `withinMs`. */
  readonly objective: { readonly withinMs: number; readonly share: number };
  /** The last hour and the last 24 hours, whatever days were asked for. */
  readonly burn: { readonly hour: BurnSummary; readonly day: BurnSummary };
  readonly total: TtftFigures;
  readonly lines: readonly { readonly key: string; readonly reading: TtftFigures }[];
  /** Visits by the band of their first wait; `share` (0…1) of completed ones is absent where there were none. */
  readonly completion: readonly {
    readonly band: PerceptionBand | 'unseen';
    readonly visits: number;
    readonly completed: number;
    readonly share?: number;
  }[];
}

export interface CallTotals {
  readonly calls: number;
  readonly failedCalls: number;
  readonly abortedCalls: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Calls whose tokens the endpoint did not report. */
  readonly estimatedCalls: number;
  /** US dollars, three kinds that are never mixed: what it cost, at least what it cost, and calls nobody can price. */
  readonly cost: {
    readonly fullUsd: number;
    readonly fullCalls: number;
    readonly outputOnlyUsd: number;
    readonly outputOnlyCalls: number;
    readonly unknownCalls: number;
  };
  /** Request sent → first content token. */
  readonly ttft: TtftSummary;
}

export interface CostReport extends Asked<CostKey> {
  /** Absent: of all sites. */
  readonly site?: string;
  readonly total: CallTotals;
  readonly lines: readonly { readonly key: string; readonly totals: CallTotals }[];
}

/** What a site has spent today (UTC), what it may, and whether its model calls are stopped. */
export interface SiteBudget extends SiteName {
  readonly verdict: 'ok' | 'degrade' | 'hand-off' | 'stopped';
  /** `usd` counts only what is known of the costs. */
  readonly spent: { readonly usd: number; readonly tokens: number };
  readonly limit?: { readonly usd?: number; readonly tokens?: number };
  /** Of the limit that is nearest to its end; 1 is all. Absent without a limit. */
  readonly usedShare?: number;
  /** `configuration` cannot be resumed by the switch. */
  readonly stopped?: { readonly by: 'site' | 'all' | 'configuration'; readonly reason: string };
}

/** `GET /api/v1/budgets`, and what the kill switch answers. */
export interface BudgetReport {
  readonly sites: readonly SiteBudget[];
  /** Why the calls of every site are stopped. */
  readonly everySite?: { readonly reason: string };
}

/** `GET /api/v1/dead-letters`: analyses that were given up and that nobody has asked for again. */
export interface DeadLetterList {
  readonly deadLetters: readonly {
    readonly runId: string;
    readonly ticket: Ticket;
    readonly reason: string;
    readonly attempts: number;
    readonly failedAt: number;
  }[];
}

/** `GET /api/v1/verdicts`: how often agents corrected what triage said, by what it was and what it should have been. */
export interface VerdictReport {
  readonly confusion: readonly {
    readonly from: StoredVerdict['handling'];
    readonly to: StoredVerdict['handling'];
    readonly count: number;
  }[];
}
