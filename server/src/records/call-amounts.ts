/** What model calls add up to. Integers, because floating-point sums depend on the order. Pure. */
import type { LedgerRow } from './ledger-row.ts';

export const CALL_AMOUNTS = [
  'calls',
  'failedCalls',
  'abortedCalls',
  'promptTokens',
  'completionTokens',
  'cachedTokens',
  /** Calls whose tokens the endpoint did not report. */
  'estimatedCalls',
  /** Costs by what is known of them: 1e-12 dollars, as one token at $0.01 per million is 10,000 of them. */
  'fullCalls',
  'fullPicoUsd',
  'outputOnlyCalls',
  'outputOnlyPicoUsd',
  'unknownCalls',
  /** Speculative answers that were not needed. */
  'droppedCalls',
  /** Calls that had a first token, and the sum of their times. */
  'ttftCalls',
  'ttftMs',
] as const;
export type CallAmounts = Readonly<Record<(typeof CALL_AMOUNTS)[number], number>>;

export const PICO = 1e12;

export function amountsOf({ usage, outcome, ttftMs, costKnown, costUsd = 0, reason }: LedgerRow): CallAmounts {
  const picoUsd = Math.round(costUsd * PICO);
  return {
    calls: 1,
    failedCalls: outcome === 'failed' ? 1 : 0,
    abortedCalls: outcome === 'aborted' ? 1 : 0,
    promptTokens: Math.round(usage.promptTokens),
    completionTokens: Math.round(usage.completionTokens),
    cachedTokens: Math.round(usage.cachedTokens ?? 0),
    estimatedCalls: usage.estimated ? 1 : 0,
    fullCalls: costKnown === 'full' ? 1 : 0,
    fullPicoUsd: costKnown === 'full' ? picoUsd : 0,
    outputOnlyCalls: costKnown === 'output-only' ? 1 : 0,
    outputOnlyPicoUsd: costKnown === 'output-only' ? picoUsd : 0,
    unknownCalls: costKnown === 'none' ? 1 : 0,
    droppedCalls: reason === 'speculation-dropped' ? 1 : 0,
    ttftCalls: ttftMs === undefined ? 0 : 1,
    ttftMs: Math.round(ttftMs ?? 0),
  };
}

/** @param of the amount with a name */
export function mapAmounts(of: (name: (typeof CALL_AMOUNTS)[number]) => number): CallAmounts {
  return Object.fromEntries(CALL_AMOUNTS.map((name) => [name, of(name)])) as CallAmounts;
}

export const NO_AMOUNTS: CallAmounts = mapAmounts(() => 0);

export function addAmounts(one: CallAmounts, other: CallAmounts): CallAmounts {
  return mapAmounts((name) => one[name] + other[name]);
}
