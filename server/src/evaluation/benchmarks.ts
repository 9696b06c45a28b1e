/** Benchmarks of the models in use: one at a time in an installation, in the background of the process that starts it. */
import {
  type Benchmark,
  type BenchmarkCandidate,
  type BenchmarkRequest,
  type BenchmarkResult,
  benchmarkResultSchema,
} from '@firstword/shared/benchmark';
import { BENCHMARK_TOKENS, BENCHMARK_WARM_UP } from '@firstword/shared/benchmark-limits';
import { type CallRecord, createCallRecord } from '../gateway/call-record.ts';
import type { CallRow } from '../gateway/chat-call.ts';
import type { PoolSettings } from '../gateway/endpoint-pools.ts';
import type { ModelInUse } from '../gateway/model-probe.ts';
import { estimatePromptTokens } from '../gateway/token-usage.ts';
import type { PriceTable } from '../ledger/price-table.ts';
import type { LedgerRow } from '../records/ledger-row.ts';
import type { RunStore, StoredRun } from '../records/run-store.ts';
import type { ModelProfile } from '../routing/model-profile.ts';
import type { BackgroundRuns, BackgroundWork } from './background-runs.ts';
import { type BenchmarkedModel, benchmarkLine } from './benchmark-lines.ts';
import { type MeasuredModel, measureModels } from './measure-models.ts';
import type { ModelRuns } from './model-figures.ts';
import { addCall, createSpendingLimit, NO_COST } from './spending-limit.ts';
import { BENCHMARK_MESSAGES } from './timed-call.ts';

/** Why none is started. `unknown-model`: one of them is not in use. `stopped`: model calls of all sites are stopped. */
export type BenchmarkRefusal = 'busy' | 'unknown-model' | 'stopped';

export interface Benchmarks {
  start(request: BenchmarkRequest, by: string): Promise<Benchmark | BenchmarkRefusal>;
  /** Its process ends it within a second. @returns undefined when there is none in progress with this id */
  stop(id: string): Promise<Benchmark | undefined>;
  list(): Promise<Benchmark[]>;
  load(id: string): Promise<Benchmark | undefined>;
  /** The models in use, and what a question to each may cost. */
  candidates(): BenchmarkCandidate[];
}

export interface BenchmarkParts {
  readonly store: Pick<RunStore, 'list' | 'load' | 'requestStop'>;
  readonly runs: Pick<BackgroundRuns, 'start'>;
  readonly modelsInUse: () => readonly ModelInUse[];
  readonly prices: Pick<PriceTable, 'costOf' | 'limitUsdOf'>;
  readonly recordCall: (row: CallRow) => LedgerRow;
  readonly isStopped: () => boolean;
  readonly proxy?: PoolSettings['proxy'];
}

const KIND = { kind: 'benchmark', subject: 'models' } as const;
/** What its calls belong to in the ledger: no site, so that no site's budget pays for it. */
export const BENCHMARK_OWNER = { siteId: 'benchmark' } as const;

export function createBenchmarks(parts: BenchmarkParts): Benchmarks {
  const { store, runs, modelsInUse, prices, isStopped } = parts;

  const limitUsd = ({ model }: MeasuredModel, maxTokens: number) =>
    prices.limitUsdOf(model.id, mostTokens(model.profile, maxTokens));

  const load = async (id: string) => {
    const run = await store.load(id);
    return run?.kind === KIND.kind ? toBenchmark(run) : undefined;
  };

  return {
    async start(request, by) {
      if (isStopped()) return 'stopped';
      const inUse = modelsInUse();
      const chosen = request.models.map(({ modelId, endpointId }) =>
        inUse.find(({ model }) => model.id === modelId && model.endpoint.id === endpointId),
      );
      const models = chosen.filter((model) => model !== undefined);
      if (models.length < chosen.length) return 'unknown-model';
      const started = await runs.start({ ...KIND, by }, createWork(request, models, limitUsd, parts));
      return started === undefined ? 'busy' : toBenchmark(started);
    },
    stop: async (id) => ((await load(id)) && (await store.requestStop(id)) ? load(id) : undefined),
    list: async () => (await store.list(KIND.kind, KIND.subject)).map(toBenchmark),
    load,
    candidates: () =>
      modelsInUse().map((used) => ({
        ...{ modelId: used.model.id, endpointId: used.model.endpoint.id, tiers: [...used.tiers] },
        usdPerQuestion: limitUsd(used, BENCHMARK_TOKENS),
        priceIsKnown:
          prices.costOf(used.model.id, mostTokens(used.model.profile, BENCHMARK_TOKENS)).costKnown === 'full',
      })),
  };
}

function createWork(
  { questions, atOnce, maxUsd }: BenchmarkRequest,
  models: readonly ModelInUse[],
  limitUsd: (measured: MeasuredModel, maxTokens: number) => number,
  { prices, recordCall, isStopped, proxy }: BenchmarkParts,
): BackgroundWork {
  const spending = createSpendingLimit(maxUsd);
  const measured = models.map(
    (used): BenchmarkedModel => ({ ...used, runs: { calls: [], errors: {} }, givenUp: false, cost: NO_COST }),
  );
  const change = (index: number, how: (before: BenchmarkedModel) => Partial<BenchmarkedModel>) => {
    const before = measured[index];
    if (before !== undefined) measured[index] = { ...before, ...how(before) };
  };
  const recorded = (index: number, row: CallRow) => {
    const priced = recordCall(row);
    spending.spent(priced, prices.limitUsdOf(row.modelId, row.usage));
    change(index, ({ cost }) => ({ cost: addCall(cost, priced) }));
  };
  const usedAt = (index: number): ModelInUse => {
    const used = models[index];
    if (used === undefined) throw new Error(`there is no model ${index} in this benchmark`);
    return used;
  };
  const usdOf = (index: number, maxTokens: number) => limitUsd(usedAt(index), maxTokens);
  return {
    result: (): BenchmarkResult => ({
      ...{ questions, atOnce, maxUsd, ...spending.cost() },
      lines: measured.map(benchmarkLine),
    }),
    async run(signal) {
      await measureModels({
        models,
        runs: questions,
        warmUp: BENCHMARK_WARM_UP,
        concurrency: atOnce,
        maxTokens: BENCHMARK_TOKENS,
        proxy,
        signal,
        account: {
          reserve: (index, maxTokens) => (isStopped() ? undefined : spending.reserve(usdOf(index, maxTokens))),
          record: (index) => openRecord(usedAt(index), (row) => recorded(index, row)),
        },
        onRun: (model, index, runsDone) => change(index, () => ({ runs: model, givenUp: runsDone > askedOf(model) })),
      });
      if (isStopped()) return 'stopped';
      return spending.isReached() ? 'ceiling' : 'done';
    },
  };
}

function openRecord({ model, region, tiers: [tier = 'fast'] }: ModelInUse, onCall: (row: CallRow) => void): CallRecord {
  const route = { tier, region, models: [model], maxTokens: BENCHMARK_TOKENS, why: 'a benchmark' } as const;
  const request = { route, purpose: 'benchmark', owner: BENCHMARK_OWNER, messages: BENCHMARK_MESSAGES } as const;
  return createCallRecord({ request, model, role: 'first', onCall, now: () => performance.now() });
}

/** Of one question. Only a model that always thinks is given room for it. */
function mostTokens({ thinks, thinkingTokens = 0 }: ModelProfile, maxTokens: number) {
  return {
    promptTokens: estimatePromptTokens(BENCHMARK_MESSAGES),
    completionTokens: maxTokens + (thinks === 'always' ? thinkingTokens : 0),
  };
}

const askedOf = ({ calls, errors }: ModelRuns) =>
  Object.values(errors).reduce((sum, count) => sum + count, calls.length);

const toBenchmark = ({ kind: _kind, subject: _subject, result, ...run }: StoredRun): Benchmark => ({
  ...run,
  ...benchmarkResultSchema.parse(result),
});
