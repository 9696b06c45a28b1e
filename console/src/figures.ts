/** Formats costs and durations. An unknown cost is never shown as zero. */
import type { AnalysisRun } from '@firstword/shared/analysis';
import type { CostView } from '@firstword/shared/model-calls';
import { callTexts } from './texts/call-texts.ts';

/** US dollars; small amounts keep two significant digits, since a call costs fractions of a cent. */
export function usdText(usd: number): string {
  if (usd === 0) return '$0';
  if (usd < 0.000001) return 'under $0.000001';
  if (usd >= 0.01) return `$${usd.toFixed(2)}`;
  return `$${usd.toFixed(Math.min(7, 1 - Math.floor(Math.log10(usd))))}`;
}

/** The cost of one run: exact, at least, or unknown. */
export function runCostText({ costUsd, atLeastUsd, estimated }: NonNullable<AnalysisRun['usage']>): string {
  if (costUsd !== undefined) return estimated ? callTexts.about(usdText(costUsd)) : usdText(costUsd);
  return atLeastUsd === undefined ? callTexts.priceUnknown : callTexts.atLeast(usdText(atLeastUsd));
}

/** The cost of several calls, with the number of calls of unknown price. */
export function costText({ usd, atLeast, callsOfUnknownPrice }: CostView): string {
  const known = atLeast ? callTexts.atLeast(usdText(usd)) : usdText(usd);
  if (callsOfUnknownPrice === 0) return known;
  const unknown = `${callsOfUnknownPrice} ${callsOfUnknownPrice === 1 ? 'call' : 'calls'} with unknown price`;
  return usd === 0 ? unknown : `${known} and ${unknown}`;
}

export function durationText(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  const [large, small] = seconds < 3600 ? (['min', 's'] as const) : (['h', 'min'] as const);
  const units = seconds < 3600 ? seconds : Math.round(seconds / 60);
  return units % 60 === 0 ? `${units / 60} ${large}` : `${Math.floor(units / 60)} ${large} ${units % 60} ${small}`;
}

/** A probability in words: agents overrate the precision of decimals. */
export function likelihoodText(confidence: number): string {
  if (confidence >= 0.8) return 'very likely';
  if (confidence >= 0.55) return 'likely';
  if (confidence >= 0.3) return 'possible';
  return 'unlikely';
}
