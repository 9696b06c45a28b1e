/** Adds up calls and felt TTFT by day and by what reports are asked for. Pure. */
import { dayOf } from '../lib/days.ts';
import { addAmounts, amountsOf, type CallAmounts } from './call-amounts.ts';
import type { LedgerRow } from './ledger-row.ts';
import { histogramOf, mergeHistograms, type TtftHistogram, ttftBucket } from './ttft-histogram.ts';
import type { FeltSample } from './usage-record.ts';

export interface CallTotalsRow {
  readonly day: string;
  readonly siteId: string;
  readonly tier: string;
  readonly region: string;
  readonly modelId: string;
  readonly purpose: string;
  readonly amounts: CallAmounts;
  readonly ttft: TtftHistogram;
}

export interface FeltTotalsRow {
  readonly day: string;
  readonly siteId: string;
  readonly region: string;
  readonly tier: string;
  readonly modelId: string;
  readonly ttft: TtftHistogram;
}

/** What a conversation or a ticket used and cost. */
export interface OwnerTotalsRow {
  readonly owner: 'conversation' | 'ticket';
  readonly ownerId: string;
  readonly amounts: CallAmounts;
}

export function totalsOfCalls(rows: readonly LedgerRow[]): CallTotalsRow[] {
  return mergeBy(
    rows.map(({ tier, region, modelId, purpose, ...row }) => ({
      ...{ day: dayOf(row.startedAt), siteId: row.owner.siteId, tier, region, modelId, purpose },
      amounts: amountsOf({ tier, region, modelId, purpose, ...row }),
      ttft: histogramOf(row.ttftMs === undefined ? [] : [[ttftBucket(row.ttftMs), 1]]),
    })),
    ({ day, siteId, tier, region, modelId, purpose }) => [day, siteId, tier, region, modelId, purpose],
    (one, other) => ({
      ...one,
      amounts: addAmounts(one.amounts, other.amounts),
      ttft: mergeHistograms(one.ttft, other.ttft),
    }),
  );
}

export function totalsOfOwners(rows: readonly LedgerRow[]): OwnerTotalsRow[] {
  const owned = rows.flatMap((row): OwnerTotalsRow[] => {
    const amounts = amountsOf(row);
    const { conversationId, ticketId } = row.owner;
    return [
      ...(conversationId === undefined ? [] : [{ owner: 'conversation' as const, ownerId: conversationId, amounts }]),
      ...(ticketId === undefined ? [] : [{ owner: 'ticket' as const, ownerId: ticketId, amounts }]),
    ];
  });
  return mergeBy(
    owned,
    ({ owner, ownerId }) => [owner, ownerId],
    (one, other) => ({ ...one, amounts: addAmounts(one.amounts, other.amounts) }),
  );
}

export function totalsOfFelt(samples: readonly FeltSample[]): FeltTotalsRow[] {
  return mergeBy(
    samples.map(({ at, siteId, region, tier, modelId, ms }) => ({
      ...{ day: dayOf(at), siteId, region, tier, modelId },
      ttft: histogramOf([[ttftBucket(ms), 1]]),
    })),
    ({ day, siteId, region, tier, modelId }) => [day, siteId, region, tier, modelId],
    (one, other) => ({ ...one, ttft: mergeHistograms(one.ttft, other.ttft) }),
  );
}

/** One row for each key, in the order of the keys. */
export function mergeBy<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => readonly string[],
  merge: (one: Row, other: Row) => Row,
): Row[] {
  const merged = new Map<string, Row>();
  for (const row of rows) {
    const key = JSON.stringify(keyOf(row));
    const known = merged.get(key);
    merged.set(key, known === undefined ? row : merge(known, row));
  }
  return [...merged].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
}
