/** Figures that follow from the totals of a period: blended price, answers by tier, speculation. Pure. */
import type { CallTotals, CostFigures } from '@firstword/shared/reports';
import { addAmounts, type CallAmounts, NO_AMOUNTS, PICO } from '../records/call-amounts.ts';
import type { CallSums } from '../records/usage-store.ts';

/** What calls for visitors are for; programs, probes and benchmarks have no visit. */
const VISIT_PURPOSES: ReadonlySet<string> = new Set(['answer', 'triage', 'analysis']);

/** @param visits of the same sites and days */
export function figuresOf(sums: CallSums['sums'], total: CallTotals, visits: number): CostFigures {
  const sumOf = (some: CallSums['sums']) => some.reduce((sum, { amounts }) => addAmounts(sum, amounts), NO_AMOUNTS);
  const triage = sumOf(sums.filter(({ purpose }) => purpose === 'triage'));
  const visitCalls = sumOf(sums.filter(({ purpose }) => VISIT_PURPOSES.has(purpose)));
  const ofAnswers = sums.filter(({ purpose }) => purpose === 'answer');
  const shown = [...new Set(ofAnswers.map(({ tier }) => tier))].map((tier) => {
    const amounts = sumOf(ofAnswers.filter((sum) => sum.tier === tier));
    return { tier, amounts, answers: amounts.calls - amounts.failedCalls - amounts.abortedCalls };
  });
  const count = shown.reduce((sum, { answers }) => sum + answers, 0);
  const dropped = sumOf(ofAnswers).droppedCalls;
  const verdictMs = triage.ttftCalls === 0 ? 0 : triage.ttftMs / triage.ttftCalls;
  return {
    ...blendedOf(total),
    visits,
    ...(visits === 0 ? {} : { usdPerVisit: usdOf(visitCalls) / visits }),
    answers: shown
      .filter(({ answers }) => answers > 0)
      .map(({ tier, amounts, answers }) => ({
        tier,
        answers,
        share: answers / count,
        ...(amounts.unknownCalls === amounts.calls ? {} : { usdPerAnswer: usdOf(amounts) / answers }),
      })),
    speculation:
      count + dropped === 0
        ? { kind: 'no-data' }
        : {
            kind: 'measured',
            shown: count,
            dropped,
            hitRate: count / (count + dropped),
            savedMs: count * verdictMs,
          },
  };
}

function usdOf({ fullPicoUsd, outputOnlyPicoUsd }: CallAmounts): number {
  return (fullPicoUsd + outputOnlyPicoUsd) / PICO;
}

function blendedOf({ calls, promptTokens, completionTokens, cost }: CallTotals): Pick<CostFigures, 'blended'> {
  const tokens = promptTokens + completionTokens;
  if (tokens === 0 || cost.unknownCalls === calls) return {};
  const usd = cost.fullUsd + cost.outputOnlyUsd;
  return { blended: { usdPerMillion: (usd / tokens) * 1e6, isLowerBound: cost.fullCalls < calls } };
}
