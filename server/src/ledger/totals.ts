/** Sums over ledger rows: which amounts a row adds, and the totals of a set of amounts. Pure. */
import type { CallTotals } from '@firstword/shared/reports';
import type { LedgerRow } from '../records/ledger-row.ts';
import { histogramOf, summarizeTtft, ttftBucket } from '../records/ttft-histogram.ts';

/** Integers by name, as stored in Redis. */
export type Sums = Map<string, number>;

/** Costs are stored as integers of 1e-12 dollars: one token at $0.01 per million is 10 000 of them. */
const PICO = 1e12;
/** The prefix of a TTFT bucket's field. Stored counters have it, so it keeps its first name. */
const TTFT = 'wait:';

/** @param withTtft whether to count the TTFT, too */
export function amountsOf({ usage, outcome, ttftMs, ...row }: LedgerRow, withTtft: boolean): [string, number][] {
  const ttft: [string, number][] =
    withTtft && ttftMs !== undefined
      ? [
          [`${TTFT}${ttftBucket(ttftMs)}`, 1],
          ['ttftCalls', 1],
          ['ttftMs', Math.round(ttftMs)],
        ]
      : [];
  const amounts: [string, number][] = [
    ['calls', 1],
    ['failedCalls', outcome === 'failed' ? 1 : 0],
    ['abortedCalls', outcome === 'aborted' ? 1 : 0],
    ['promptTokens', Math.round(usage.promptTokens)],
    ['completionTokens', Math.round(usage.completionTokens)],
    ['cachedTokens', Math.round(usage.cachedTokens ?? 0)],
    ['estimatedCalls', usage.estimated ? 1 : 0],
    [`cost:${row.costKnown}:calls`, 1],
    [`cost:${row.costKnown}:picoUsd`, Math.round((row.costUsd ?? 0) * PICO)],
    ['droppedCalls', row.reason === 'speculation-dropped' ? 1 : 0],
    ...ttft,
  ];
  return amounts.filter(([, amount]) => amount !== 0);
}

export function addTo(sums: Sums, amounts: Iterable<readonly [string, number]>): void {
  for (const [name, amount] of amounts) sums.set(name, (sums.get(name) ?? 0) + amount);
}

export function toTotals(sums: Sums): CallTotals {
  const of = (name: string) => sums.get(name) ?? 0;
  const counts = [...sums].flatMap(([name, count]): [number, number][] =>
    name.startsWith(TTFT) ? [[Number(name.slice(TTFT.length)), count]] : [],
  );
  return {
    calls: of('calls'),
    failedCalls: of('failedCalls'),
    abortedCalls: of('abortedCalls'),
    promptTokens: of('promptTokens'),
    completionTokens: of('completionTokens'),
    cachedTokens: of('cachedTokens'),
    estimatedCalls: of('estimatedCalls'),
    cost: {
      fullUsd: of('cost:full:picoUsd') / PICO,
      fullCalls: of('cost:full:calls'),
      outputOnlyUsd: of('cost:output-only:picoUsd') / PICO,
      outputOnlyCalls: of('cost:output-only:calls'),
      unknownCalls: of('cost:none:calls'),
    },
    ttft: summarizeTtft(histogramOf(counts)),
  };
}

/** The field of a counter: its group and its name. JSON, because ids may contain any character. */
export function writeField(group: readonly string[], name: string): string {
  return JSON.stringify([...group, name]);
}

/** @throws SyntaxError for a field that `writeField` did not write */
export function readField(field: string): { group: string[]; name: string } {
  const parts: unknown = JSON.parse(field);
  const texts = Array.isArray(parts) ? parts.map(String) : [];
  return { group: texts.slice(0, -1), name: texts.at(-1) ?? '' };
}

export interface Spend {
  /** Known costs in US dollars. */
  readonly usd: number;
  readonly tokens: number;
}

const SPEND_NAMES = ['cost:full:picoUsd', 'cost:output-only:picoUsd', 'promptTokens', 'completionTokens'];
/** An account's fields that `readSpend` needs, in its order. */
export const SPEND_FIELDS = SPEND_NAMES.map((name) => writeField([], name));

/** @param values of `SPEND_FIELDS`; null where nothing was counted */
export function readSpend(values: readonly (string | null)[]): Spend {
  const [full = 0, outputOnly = 0, prompt = 0, completion = 0] = values.map(Number);
  return { usd: (full + outputOnly) / PICO, tokens: prompt + completion };
}
