/** Results of evaluations in memory, for unit tests. They outlive their runs and cases. */
import type { CaseResult } from '@firstword/shared/evaluation-run';
import type { EvaluationResults } from './evaluation-results.ts';

export function createMemoryEvaluationResults(): EvaluationResults {
  const runs = new Map<string, CaseResult[]>();
  return {
    async add(runId, position, result) {
      const kept = runs.get(runId) ?? [];
      kept[position] = structuredClone(result);
      runs.set(runId, kept);
    },
    list: async (runId) => Object.values(runs.get(runId) ?? []),
  };
}
