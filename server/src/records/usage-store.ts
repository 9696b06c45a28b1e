/** Stores the use of an installation: rows of model calls, and totals by day that reports read. */
import type { CostKey, ResponseTimeKey, VisitCompletion } from '@firstword/shared/reports';
import type { CallAmounts } from './call-amounts.ts';
import type { LedgerRow } from './ledger-row.ts';
import type { SiteExpiry } from './site-expiry.ts';
import type { TtftHistogram } from './ttft-histogram.ts';
import type { UsageRecord } from './usage-record.ts';
import type { CallTotalsRow, FeltTotalsRow, OwnerTotalsRow } from './usage-totals.ts';

/** UTC days such as 2026-05-20, both included. */
export interface Days {
  readonly from: string;
  readonly to: string;
}

export interface CallQuestion extends Days {
  /** Absent: all sites. */
  readonly siteIds?: readonly string[];
  readonly by: CostKey;
}

export interface FeltQuestion extends Days {
  readonly siteId: string;
  readonly by: ResponseTimeKey;
}

export interface CallSums {
  /** By the key that was asked for, and within it by tier and purpose. */
  readonly sums: readonly {
    readonly key: string;
    readonly tier: string;
    readonly purpose: string;
    readonly amounts: CallAmounts;
  }[];
  readonly ttft: readonly KeyedTtft[];
}

export interface KeyedTtft {
  readonly key: string;
  readonly ttft: TtftHistogram;
}

/** Totals of an older version, which counted them elsewhere. */
export interface FormerTotals {
  readonly calls?: readonly CallTotalsRow[];
  readonly felt?: readonly FeltTotalsRow[];
  readonly owners?: readonly OwnerTotalsRow[];
  readonly visits?: readonly (Pick<VisitCompletion, 'band' | 'visits' | 'completed' | 'returned'> & {
    readonly siteId: string;
    readonly day: string;
  })[];
}

/** Milliseconds since 1970. */
export interface UsageExpiry {
  /** By when they were recorded: one that waited long must still be recognized when it comes again. */
  readonly rowsBefore: SiteExpiry;
  readonly samplesBefore: number;
  /** By their day. */
  readonly totalsBefore: number;
}

/** Every method @throws RecordsError when the database does not answer. */
export interface UsageStore {
  /**
   * All or nothing. What was recorded before is not counted again.
   * @returns `busy` when another process is recording; nothing was stored then
   */
  record(records: readonly UsageRecord[]): Promise<'recorded' | 'busy'>;

  readCalls(question: CallQuestion): Promise<CallSums>;
  readFelt(question: FeltQuestion): Promise<readonly KeyedTtft[]>;
  /** Felt TTFT of a site since a time, in milliseconds since 1970. */
  feltSince(siteId: string, since: number): Promise<TtftHistogram>;
  /** Visits that started on these days, by band. `returned`: the visitor came back within 30 days. */
  completion(siteId: string, days: Days): Promise<VisitCompletion[]>;
  amountsOf(owner: OwnerTotalsRow['owner'], ownerId: string): Promise<CallAmounts>;
  /** The latest calls of a conversation, oldest first. */
  callsOf(conversationId: string, limit: number): Promise<LedgerRow[]>;
  /** The calls that were recorded last, newest first. */
  lastCalls(limit: number): Promise<LedgerRow[]>;
  /** The prices of a version, by model. */
  prices(version: string): Promise<Readonly<Record<string, object>> | undefined>;

  /** Adds totals that an older version counted elsewhere, once for each source. */
  importTotals(source: string, totals: FormerTotals): Promise<void>;
  /** Adds calls that are part of imported totals, without counting them. May be repeated. */
  importCalls(rows: readonly LedgerRow[]): Promise<void>;
  deleteBefore(expiry: UsageExpiry): Promise<void>;
  /** Deletes what is recorded of these conversations and tickets. The totals by day stay, which name no one. */
  forget(owners: { readonly conversationIds: readonly string[]; readonly ticketIds: readonly string[] }): Promise<void>;
}

/** A visitor who comes back later counts as new. */
export const RETURN_MS = 30 * 24 * 60 * 60 * 1000;
