/** Builds what measures models and evaluates answers, and ends the runs whose process died. */
import { createBackgroundRuns } from '../evaluation/background-runs.ts';
import { BENCHMARK_OWNER, createBenchmarks } from '../evaluation/benchmarks.ts';
import { createEvaluations } from '../evaluation/evaluations.ts';
import { startPeriodic } from '../lib/periodic.ts';
import type { WebChat } from './web-chat.ts';
import type { WebAppSettings } from './web-settings.ts';

const SWEEP_MS = 5000;

export type WebEvaluation = ReturnType<typeof createWebEvaluation>;

export function createWebEvaluation(
  { usage, modelChecks, caseAnswers }: Pick<WebChat, 'usage' | 'modelChecks' | 'caseAnswers'>,
  { records, budgets, proxy, log }: Pick<WebAppSettings, 'records' | 'budgets' | 'proxy' | 'log'>,
) {
  const store = records.runs;
  const runs = createBackgroundRuns({ store, log });
  const sweeping = startPeriodic(
    async () => {
      const lost = await store.endLost();
      if (lost > 0) log.warn({ runs: lost }, 'runs of a process that died were ended; their results so far are kept');
    },
    SWEEP_MS,
    (reason) => log.debug({ reason }, 'looking for runs of dead processes failed; retrying'),
  );
  return {
    benchmarks: createBenchmarks({
      ...{ store, runs, proxy },
      modelsInUse: modelChecks.modelsInUse,
      prices: usage,
      recordCall: usage.recordCall,
      isStopped: () => budgets.stopped || usage.budgets.killSwitch.isStopped(BENCHMARK_OWNER.siteId),
    }),
    evaluations: createEvaluations({
      ...{ store, runs, cases: records.cases, results: records.evaluationResults },
      answers: caseAnswers,
      prices: usage,
      recordCall: usage.recordCall,
    }),
    async stop() {
      await sweeping.stop();
      await runs.close();
    },
  };
}
