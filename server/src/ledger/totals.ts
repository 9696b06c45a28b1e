/** Sums over ledger rows: which numbers a row adds, and what a bag of added numbers says. Pure. */
import type { CallTotals } from '@firstword/shared/reports';
import type { LedgerRow } from './ledger-row.ts';
import { histogramOf, summarizeTtft, ttftBucket } from './ttft-histogram.ts';

/** Whole numbers by name, as Redis counts them. */
export type Sums = Map<string, number>;

/** Costs are counted in whole millionths of a millionth of a dollar: one token at 0.01 a million is 10 000 of them. */
const PICO = 1e12;
const WAIT = 'wait:';

/** @param waits count the TTFT too */
export function amountsOf({ usage, outcome, ttftMs, ...row }: LedgerRow, waits: boolean): [string, number][] {
  const amounts: [string, number][] = [
    ['calls', 1],
    ['failedCalls', outcome === 'failed' ? 1 : 0],
    ['abortedCalls', outcome === 'aborted' ? 1 : 0],
    ['promptTokens', Math.round(usage.promptTokens)],
    ['completionTokens', Math.round(usage.completionTokens)],
    ['estimatedCalls', usage.estimated ? 1 : 0],
    [`cost:${row.costKnown}:calls`, 1],
    [`cost:${row.costKnown}:picoUsd`, Math.round((row.costUsd ?? 0) * PICO)],
    ...(waits && ttftMs !== undefined ? [[`${WAIT}${ttftBucket(ttftMs)}`, 1] satisfies [string, number]] : []),
  ];
  return amounts.filter(([, amount]) => amount !== 0);
}

export function addTo(sums: Sums, amounts: Iterable<readonly [string, number]>): void {
  for (const [name, amount] of amounts) sums.set(name, (sums.get(name) ?? 0) + amount);
}

export function toTotals(sums: Sums): CallTotals {
  const of = (name: string) => sums.get(name) ?? 0;
  const waits = [...sums].flatMap(([name, count]): [number, number][] =>
    name.startsWith(WAIT) ? [[Number(name.slice(WAIT.length)), count]] : [],
  );
  return {
    calls: of('calls'),
    failedCalls: of('failedCalls'),
    abortedCalls: of('abortedCalls'),
    promptTokens: of('promptTokens'),
    completionTokens: of('completionTokens'),
    estimatedCalls: of('estimatedCalls'),
    cost: {
      fullUsd: of('cost:full:picoUsd') / PICO,
      fullCalls: of('cost:full:calls'),
      outputOnlyUsd: of('cost:output-only:picoUsd') / PICO,
      outputOnlyCalls: of('cost:output-only:calls'),
      unknownCalls: of('cost:none:calls'),
    },
    ttft: summarizeTtft(histogramOf(waits)),
  };
}

/** A counter's field: the group it belongs to and the number's name. Ids may hold any sign, hence JSON. */
export function writeField(group: readonly string[], name: string): string {
  return JSON.stringify([...group, name]);
}

/** @throws SyntaxError when it is no field of ours */
export function readField(field: string): { group: string[]; name: string } {
  const parts: unknown = JSON.parse(field);
  const texts = Array.isArray(parts) ? parts.map(String) : [];
  return { group: texts.slice(0, -1), name: texts.at(-1) ?? '' };
}

export interface Spend {
  /** The known part of the costs, in US dollars. */
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
