/** Formats costs and durations. An unknown cost is never shown as zero. */
import type { AnalysisRun } from '@firstword/shared/analysis';
import type { CostView } from '@firstword/shared/model-calls';
import { countText, decimalText } from './numbers.ts';
import { analysisTexts } from './texts/analysis-texts.ts';
import { callTexts } from './texts/call-texts.ts';

/** US dollars; small amounts keep two significant digits, since a call costs fractions of a cent. */
export function usdText(usd: number): string {
  if (usd === 0) return dollars(0, 0);
  if (usd < SMALLEST_USD) return callTexts.under(dollars(SMALLEST_USD, 6));
  return dollars(usd, usd >= 0.01 ? 2 : Math.min(7, 1 - Math.floor(Math.log10(usd))));
}

const SMALLEST_USD = 0.000001;
const dollars = (usd: number, digits: number) =>
  decimalText(usd, digits, { style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol' });

/** A price as the vendor states it, such as $0.10 or $0.075. */
export function pricePerMillionText(usd: number): string {
  const decimals = String(usd).split('.')[1]?.length ?? 0;
  return dollars(usd, Math.min(6, Math.max(2, decimals)));
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
  const unknown = callTexts.callsOfUnknownPrice(callsOfUnknownPrice);
  return usd === 0 ? unknown : callTexts.and(known, unknown);
}

export function durationText(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${decimalText(ms / 1000, 1)} s`;
  const seconds = Math.round(ms / 1000);
  const [large, small] = seconds < 3600 ? (['min', 's'] as const) : (['h', 'min'] as const);
  const units = seconds < 3600 ? seconds : Math.round(seconds / 60);
  return units % 60 === 0 ? `${units / 60} ${large}` : `${Math.floor(units / 60)} ${large} ${units % 60} ${small}`;
}

/** A probability in words: agents overrate the precision of decimals. */
export function likelihoodText(confidence: number): string {
  const { likelihoods } = analysisTexts;
  if (confidence >= 0.8) return likelihoods.veryLikely;
  if (confidence >= 0.55) return likelihoods.likely;
  if (confidence >= 0.3) return likelihoods.possible;
  return likelihoods.unlikely;
}

const KB = 1024;
export const sizeText = (bytes: number): string =>
  bytes < KB * KB ? `${countText(Math.max(1, Math.round(bytes / KB)))} KB` : `${decimalText(bytes / KB / KB, 1)} MB`;
