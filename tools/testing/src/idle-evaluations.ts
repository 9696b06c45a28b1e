/** Evaluations that start and are kept, and ask nothing. */
import { createEvaluations, type Evaluations } from '@firstword/server/evaluation/evaluations';
import { createPriceTable } from '@firstword/server/ledger/price-table';
import type { Records } from '@firstword/server/records/records';

const LEASE_MS = 60_000;

export function createIdleEvaluations({
  runs,
  cases,
  evaluationResults,
}: Pick<Records, 'runs' | 'cases' | 'evaluationResults'>): Evaluations {
  return createEvaluations({
    store: runs,
    runs: { start: (run, work) => runs.start({ ...run, result: work.result() }, LEASE_MS) },
    cases,
    results: evaluationResults,
    answers: { check: () => undefined, prepare: async () => {}, callsFor: () => [], open: () => undefined },
    prices: createPriceTable([]),
    recordCall() {
      throw new Error('nothing is asked');
    },
  });
}
