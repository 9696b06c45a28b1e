/** What is shown of each model of a benchmark. Pure. */
import type { RunCost } from '@firstword/shared/background-run';
import type { BenchmarkLine } from '@firstword/shared/benchmark';
import { REFERENCE_MODELS, referenceTtftMs } from '@firstword/shared/catalog';
import type { MeasuredModel } from './measure-models.ts';
import type { ModelRuns } from './model-figures.ts';
import { roundedTtft, summarise } from './series.ts';

export interface BenchmarkedModel extends MeasuredModel {
  readonly runs: Pick<ModelRuns, 'calls' | 'errors'>;
  readonly givenUp: boolean;
  readonly cost: RunCost;
}

export function benchmarkLine({ model, region, runs, givenUp, cost }: BenchmarkedModel): BenchmarkLine {
  const { calls, errors } = runs;
  const known = REFERENCE_MODELS.find(({ id }) => id === model.id);
  const rates = calls.flatMap(({ tokensPerSecond }) => tokensPerSecond ?? []);
  const failed = Object.values(errors).reduce((sum, count) => sum + count, 0);
  return {
    ...{ modelId: model.id, endpointId: model.endpoint.id, region, givenUp, ...cost },
    asked: calls.length + failed,
    answered: calls.length,
    errors,
    ...(calls.length > 0 && {
      ttft: roundedTtft(calls.map(({ ttftMs }) => ttftMs)),
      outputTokens: Math.round(summarise(calls.map(({ outputTokens }) => outputTokens)).mean),
    }),
    ...(rates.length > 0 && { tokensPerSecond: tenths(summarise(rates).p50) }),
    estimated: calls.some(({ estimated }) => estimated),
    ...(known && {
      reference: { ttftMs: referenceTtftMs(known, region), tokensPerSecond: known.tokensPerSecond },
    }),
  };
}

const tenths = (value: number) => Math.round(value * 10) / 10;
