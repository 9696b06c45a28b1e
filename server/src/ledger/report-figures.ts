/** Figures that follow from the totals of a period: blended price, answers by tier, speculation. Pure. */
import type { CallTotals, CostFigures } from '@firstword/shared/reports';
import { addTo, type Sums, toTotals } from './totals.ts';

/** What calls for visitors are for; programs, probes and benchmarks have no visit. */
const VISIT_PURPOSES: ReadonlySet<string> = new Set(['answer', 'triage', 'analysis']);

export interface FigureSums {
  add(tier: string, purpose: string, name: string, amount: number): void;
  /** @param visits of the same sites and days */
  figures(total: CallTotals, visits: number): CostFigures;
}

export function createFigureSums(): FigureSums {
  const answers = new Map<string, Sums>();
  const triage: Sums = new Map();
  const visitCalls: Sums = new Map();
  return {
    add(tier, purpose, name, amount) {
      if (VISIT_PURPOSES.has(purpose)) addTo(visitCalls, [[name, amount]]);
      if (purpose === 'triage') addTo(triage, [[name, amount]]);
      if (purpose !== 'answer') return;
      const sums = answers.get(tier) ?? new Map();
      answers.set(tier, sums);
      addTo(sums, [[name, amount]]);
    },
    figures(total, visits) {
      const shown = [...answers].map(([tier, sums]) => {
        const totals = toTotals(sums);
        return { tier, totals, answers: totals.calls - totals.failedCalls - totals.abortedCalls };
      });
      const count = shown.reduce((sum, { answers: some }) => sum + some, 0);
      const dropped = [...answers.values()].reduce((sum, sums) => sum + (sums.get('droppedCalls') ?? 0), 0);
      const verdicts = triage.get('ttftCalls') ?? 0;
      const verdictMs = verdicts === 0 ? 0 : (triage.get('ttftMs') ?? 0) / verdicts;
      return {
        ...blendedOf(total),
        visits,
        ...(visits === 0 ? {} : { usdPerVisit: usdOf(toTotals(visitCalls)) / visits }),
        answers: shown
          .filter(({ answers: some }) => some > 0)
          .map(({ tier, totals, answers: some }) => ({
            tier,
            answers: some,
            share: some / count,
            ...(totals.cost.unknownCalls === totals.calls ? {} : { usdPerAnswer: usdOf(totals) / some }),
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
    },
  };
}

function usdOf({ cost }: CallTotals): number {
  return cost.fullUsd + cost.outputOnlyUsd;
}

function blendedOf(total: CallTotals): Pick<CostFigures, 'blended'> {
  const { calls, promptTokens, completionTokens, cost } = total;
  const tokens = promptTokens + completionTokens;
  if (tokens === 0 || cost.unknownCalls === calls) return {};
  return { blended: { usdPerMillion: (usdOf(total) / tokens) * 1e6, isLowerBound: cost.fullCalls < calls } };
}
