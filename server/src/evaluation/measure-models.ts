/** Measures the runs of each model sequentially, and several models concurrently. */
import { REFERENCE_MODELS, type Region, referenceTtftMs } from '@firstword/shared/catalog';
import { createEndpointPools, type PoolSettings } from '../gateway/endpoint-pools.ts';
import { GatewayError } from '../gateway/gateway-error.ts';
import { createModelCorrections } from '../gateway/model-corrections.ts';
import { UNTHROTTLED } from '../gateway/throttled-connector.ts';
import { familyProfile } from '../routing/family-profiles.ts';
import type { Endpoint } from '../routing/route.ts';
import { type ModelFigures, toFigures } from './model-figures.ts';
import { type TimedCall, timeCall } from './timed-call.ts';

export interface MeasureSettings {
  readonly endpoint: Endpoint;
  readonly proxy?: PoolSettings['proxy'];
  readonly models: readonly string[];
  readonly runs: number;
  readonly warmUp: number;
  readonly concurrency: number;
  readonly maxTokens: number;
  readonly region: Region;
  /** Called after each measured run, failed or not. */
  readonly onRun: (modelId: string, runsDone: number) => void;
}

/** Timeout for one answer. */
const CALL_MS = 120_000;
/** A model that fails this often in a row is not measured further. */
const GIVE_UP_AFTER = 3;

/** Returns one row per model in the requested order. A failed model has a row with its errors. */
export async function measureModels(settings: MeasureSettings): Promise<ModelFigures[]> {
  const { endpoint, models, runs, warmUp, maxTokens, concurrency, region, onRun } = settings;
  const pools = createEndpointPools({
    connections: concurrency,
    connectMs: 10_000,
    keepAliveMs: 75_000,
    warm: undefined,
    warmEveryMs: 30_000,
    throttling: UNTHROTTLED,
    proxy: settings.proxy,
  });
  const connection = pools.of(endpoint);
  const corrections = createModelCorrections();

  async function measure(id: string): Promise<ModelFigures> {
    const calls: TimedCall[] = [];
    const errors: Record<string, number> = {};
    const family = familyProfile(id);
    // The reference benchmark limits all tokens; only a model that always thinks needs more for an answer.
    const profile = family.thinks === 'always' ? family : { ...family, thinkingTokens: 0 };
    const model = { id, upstreamName: id, endpoint, price: {}, profile };
    const call = (limit: number) =>
      timeCall({ model, connection, corrections, maxTokens: limit }, AbortSignal.timeout(CALL_MS));
    for (let run = 0; run < warmUp; run++) await call(1).catch(() => {}); // the measured runs report the error
    let failedInARow = 0;
    for (let run = 1; run <= runs; run++) {
      try {
        calls.push(await call(maxTokens));
        failedInARow = 0;
      } catch (error) {
        const code = codeOf(error);
        errors[code] = (errors[code] ?? 0) + 1;
        failedInARow += 1;
      }
      onRun(id, failedInARow < GIVE_UP_AFTER ? run : runs);
      if (failedInARow === GIVE_UP_AFTER) break;
    }
    return toFigures({ id, calls, errors });
  }

  const rows = new Map<string, ModelFigures>();
  // Slowest first, so that it doesn't run alone at the end.
  const waiting = concurrency === 1 ? [...models] : models.toSorted((a, b) => expectedMs(b) - expectedMs(a));
  const work = async () => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) rows.set(id, await measure(id));
  };
  try {
    await Promise.all(Array.from({ length: concurrency }, work));
  } finally {
    await pools.close();
  }
  return models.flatMap((id) => rows.get(id) ?? []);

  function expectedMs(id: string): number {
    const known = REFERENCE_MODELS.find((model) => model.id === id);
    return known ? referenceTtftMs(known, region) + (maxTokens * 1000) / known.tokensPerSecond : Number.MAX_VALUE;
  }
}

/** @throws errors that are not failures of the call, because they are bugs */
function codeOf(error: unknown): string {
  if (error instanceof GatewayError) return error.code;
  if (error instanceof DOMException && error.name === 'TimeoutError') return 'timed-out';
  if (error instanceof Error && 'code' in error) return 'cut-off';
  throw error;
}
