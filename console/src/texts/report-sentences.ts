/** Sentences that sum up the figures of the report pages. Pure. */
import type {
  BurnSummary,
  CostFigures,
  CostReport,
  OutsideLimit,
  ResponseTimeReport,
  SiteBudget,
} from '@firstword/shared/reports';
import { durationText, usdText } from '../figures.ts';
import { countText, decimalText, shareText } from '../numbers.ts';
import { callTexts } from './call-texts.ts';
import { tierName } from './filter-texts.ts';
import { reportTexts } from './report-texts.ts';
import { locale } from './translated.ts';

const { sentences } = reportTexts;
const dayFormat = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** Formats a UTC day, and names a tier. Other keys are shown unchanged. */
export function keyText(by: string, key: string): string {
  if (key === '') return sentences.unknown;
  if (by === 'tier') return tierName(key);
  if (by !== 'day') return key;
  return dayFormat.format(new Date(`${key}T00:00:00Z`));
}

export function periodText({ from, to }: { from: string; to: string }): string {
  return from === to
    ? sentences.onDay(keyText('day', from))
    : sentences.fromTo(keyText('day', from), keyText('day', to));
}

export function responseTimeSentence(report: ResponseTimeReport): string {
  const { ttft } = report.total;
  if (ttft.kind === 'no-data') return sentences.notMeasured(periodText(report));
  const summary = sentences.started(ttft.samples, durationText(ttft.p50Ms), durationText(ttft.p95Ms));
  return `${summary} ${objectiveSentence(report)}`;
}

function objectiveSentence({ burn: { day }, objective }: ResponseTimeReport): string {
  if (day.kind === 'no-data') return sentences.notMeasuredToday;
  return sentences.objective({
    ...{ share: shareText(day.withinShare), within: durationText(objective.withinMs) },
    ...{ objective: shareText(objective.share), met: day.met },
  });
}

/** A burn rate of 1 uses exactly the error budget that the objective allows. */
export function burnText(burn: BurnSummary): string {
  if (burn.kind === 'no-data') return reportTexts.noData;
  const { burnRate, samples } = burn;
  const digits = burnRate < 10 && Number(burnRate.toFixed(1)) !== Math.round(burnRate) ? 1 : 0;
  return sentences.burn(decimalText(burnRate, digits), samples);
}

export function costSentence({ total: { calls, cost }, ...period }: CostReport): string {
  const when = periodText(period);
  if (calls === 0) return sentences.noCalls(when);
  if (cost.unknownCalls === calls) return sentences.noPrice(calls, when);
  const known = usdText(cost.fullUsd + cost.outputOnlyUsd);
  if (cost.unknownCalls === 0 && cost.outputOnlyCalls === 0) return sentences.callsCost(calls, when, known);
  const gaps = [
    ...(cost.outputOnlyCalls > 0 ? [sentences.outputOnly(cost.outputOnlyCalls)] : []),
    ...(cost.unknownCalls > 0 ? [sentences.unpriced(cost.unknownCalls)] : []),
  ];
  return `${sentences.callsCostAtLeast(calls, when, known)}: ${gaps.join(', ')}.`;
}

/** A site's spending against each of its limits, and the larger share. */
export function budgetText({ spent, limit, usedShare }: SiteBudget): string {
  const [usd, tokens] = [usdText(spent.usd), countText(spent.tokens)];
  const parts = [
    ...(limit?.usd === undefined ? [] : [sentences.usdOf(usd, usdText(limit.usd))]),
    ...(limit?.tokens === undefined ? [] : [sentences.tokensOf(tokens, countText(limit.tokens))]),
  ];
  if (parts.length === 0) return sentences.noLimit(usd, tokens);
  return `${parts.join(', ')}${usedShare === undefined ? '' : ` (${shareText(usedShare)})`}`;
}

/** `our-model in the Fast tier: TTFT 600 ms (limit 400 ms)` */
export function outsideLimitText({ tier, modelId, what, value, limit }: OutsideLimit): string {
  const figure =
    what === 'ttft'
      ? sentences.ttftLimit(durationText(value), durationText(limit))
      : sentences.priceLimit(usdText(value), usdText(limit));
  return `${sentences.inTier(modelId, tierName(tier))}: ${figure}`;
}

/** US dollars per million tokens processed, questions and answers together. */
export function blendedText({ blended }: CostFigures): string {
  if (blended === undefined) return reportTexts.noData;
  const price = sentences.perMillion(usdText(blended.usdPerMillion));
  return blended.isLowerBound ? callTexts.atLeast(price) : price;
}

export function speculationText({ speculation }: CostFigures): string {
  if (speculation.kind === 'no-data') return reportTexts.noData;
  const { shown, dropped, hitRate, savedMs } = speculation;
  const used = sentences.used(shareText(hitRate), shown + dropped);
  return shown === 0 ? used : `${used}, ${sentences.saved(durationText(savedMs / shown), durationText(savedMs))}`;
}
