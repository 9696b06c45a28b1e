/** The state of benchmarks on the Models page. */
import type { Benchmark, BenchmarkCandidate, BenchmarkList, BenchmarkRequest } from '@firstword/shared/benchmark';
import type { BenchmarkApi } from './benchmark-api.ts';
import { createRunController, type RunController } from './run-controller.ts';
import { benchmarkTexts as texts } from './texts/benchmark-texts.ts';

export type BenchmarkController = RunController<Benchmark, BenchmarkList, BenchmarkRequest>;

export function createBenchmarkController(api: BenchmarkApi): BenchmarkController {
  return createRunController({ ...api, conflictText: texts.conflict, comparesPrevious: false });
}

export const candidateKey = ({ modelId, endpointId }: Pick<BenchmarkCandidate, 'modelId' | 'endpointId'>): string =>
  `${endpointId} ${modelId}`;
