/** The scripted server's models and their benchmarks. A benchmark ends when a test says so. */
import {
  type Benchmark,
  type BenchmarkCandidate,
  type BenchmarkLine,
  benchmarkRequestSchema,
} from '@firstword/shared/benchmark';
import { BENCHMARK_TOKENS } from '@firstword/shared/benchmark-limits';
import { REFERENCE_MODELS } from '@firstword/shared/catalog';
import type { ModelSettingsView } from '@firstword/shared/model-settings';

const DAY_MS = 24 * 60 * 60 * 1000;
const MODELS = [
  { id: 'qwen3-8b', tiers: ['instant'], outputUsdPerMillion: 0.01, inputUsdPerMillion: 0.01 },
  { id: 'deepseek-v4-flash', tiers: ['fast'], outputUsdPerMillion: 0.25, inputUsdPerMillion: 0.05 },
  { id: 'house-model-7', tiers: ['quality'], outputUsdPerMillion: 3 },
] as const;
const ENDPOINT = { endpointId: 'main' };

const SETTINGS: ModelSettingsView = {
  ...{ version: 0, source: 'configuration', key: 'set', defaults: { instant: [], fast: [], quality: [] } },
  settings: { baseUrl: 'https://models.example/v1', chains: {}, models: [], allowOutsideLimits: false },
  ...{ fixed: { endpoint: 'LLM_BASE_URL' }, chains: [], versions: [] },
  inUse: MODELS.map(({ tiers, ...model }) => ({
    ...model,
    ...ENDPOINT,
    tiers: [...tiers],
    profile: [],
    profilePhrases: [],
  })),
};

const CANDIDATES: readonly BenchmarkCandidate[] = MODELS.map(({ id, tiers, ...price }) => ({
  ...{ modelId: id, ...ENDPOINT, tiers: [...tiers] },
  usdPerQuestion: (BENCHMARK_TOKENS * price.outputUsdPerMillion) / 1_000_000,
  priceIsKnown: 'inputUsdPerMillion' in price,
}));

/** As measured, `factor` times as slow as the reference. */
export function measuredLine(modelId: string, asked: number, factor = 1): BenchmarkLine {
  const known = REFERENCE_MODELS.find(({ id }) => id === modelId);
  const ttftMs = (known?.ttftMs['us-east'] ?? 420) * factor;
  return {
    ...{ modelId, ...ENDPOINT, region: 'us-east', asked, answered: asked, givenUp: false, errors: {} },
    ...(asked > 0 && { ttft: { p50: Math.round(ttftMs), p95: Math.round(ttftMs * 1.4) }, outputTokens: 148 }),
    ...(asked > 0 && { tokensPerSecond: (known?.tokensPerSecond ?? 22) / factor }),
    ...{ estimated: known === undefined, usd: asked * 0.00004, costIsComplete: known !== undefined },
    ...(known && { reference: { ttftMs: known.ttftMs['us-east'], tokensPerSecond: known.tokensPerSecond } }),
  };
}

export interface ScriptedBenchmarks {
  /** The newest first. */
  runs: Benchmark[];
  answer(route: string, body: unknown): readonly [status: number, body: object] | undefined;
  /** Changes the newest run. */
  change(to: Partial<Benchmark>): void;
}

export function createScriptedBenchmarks(now: number): ScriptedBenchmarks {
  const runOf = (id: string, startedAt: number, lines: readonly BenchmarkLine[]): Benchmark => ({
    ...{ id, by: 'Ada Krüger', startedAt, stopping: false, questions: 10, atOnce: 1, maxUsd: 1, lines: [...lines] },
    ...{ state: 'done', endedAt: startedAt + 60_000, usd: 0.0008, costIsComplete: false },
  });
  const failing = { ...measuredLine('house-model-7', 0), asked: 3, givenUp: true, errors: { 'rate-limited': 3 } };
  const scripted: ScriptedBenchmarks = {
    runs: [
      runOf('b2', now - 3_600_000, [
        measuredLine('qwen3-8b', 10, 0.98),
        measuredLine('deepseek-v4-flash', 10, 1.2),
        failing,
      ]),
      runOf('b1', now - 9 * DAY_MS, [
        ...[measuredLine('qwen3-8b', 10), measuredLine('deepseek-v4-flash', 10)],
        measuredLine('house-model-7', 10),
      ]),
    ],
    change(to) {
      const [newest, ...others] = scripted.runs;
      if (newest !== undefined) scripted.runs = [{ ...newest, ...to }, ...others];
    },
    answer(route, body) {
      if (route === 'GET /model-settings') return [200, SETTINGS];
      if (route === 'GET /benchmarks') return [200, { runs: scripted.runs, candidates: CANDIDATES }];
      if (route === 'POST /benchmarks') {
        if (scripted.runs[0]?.state === 'running')
          return [409, { code: 'conflict', message: 'A benchmark is running.' }];
        const { models, ...plan } = benchmarkRequestSchema.parse(body);
        const lines = models.map(({ modelId }) => measuredLine(modelId, 0));
        const { endedAt: _, ...run } = runOf(`b${scripted.runs.length + 1}`, Date.now(), lines);
        scripted.runs = [{ ...run, ...plan, state: 'running', usd: 0, costIsComplete: true }, ...scripted.runs];
        return [201, { ...scripted.runs[0] }];
      }
      if (!/^POST \/benchmarks\/[^/]+\/stop$/.test(route)) return undefined;
      scripted.change({ stopping: true });
      return [200, { ...scripted.runs[0] }];
    },
  };
  return scripted;
}
