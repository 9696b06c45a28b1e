/** The totals of calls, as reports show them. Pure. */
import type { CallTotals } from '@firstword/shared/reports';
import { type CallAmounts, PICO } from '../records/call-amounts.ts';
import { summarizeTtft, type TtftHistogram } from '../records/ttft-histogram.ts';

export function toTotals(amounts: CallAmounts, ttft: TtftHistogram): CallTotals {
  const { calls, failedCalls, abortedCalls, promptTokens, completionTokens, cachedTokens, estimatedCalls } = amounts;
  return {
    ...{ calls, failedCalls, abortedCalls, promptTokens, completionTokens, cachedTokens, estimatedCalls },
    cost: {
      fullUsd: amounts.fullPicoUsd / PICO,
      fullCalls: amounts.fullCalls,
      outputOnlyUsd: amounts.outputOnlyPicoUsd / PICO,
      outputOnlyCalls: amounts.outputOnlyCalls,
      unknownCalls: amounts.unknownCalls,
    },
    ttft: summarizeTtft(ttft),
  };
}
