/** Measures models: the runs of each one after the other, and several models at the same time. */
import { REFERENCE_MODELS, type Region, referenceTtftMs } from '@firstword/shared/catalog';
import type { CallRecord } from '../gateway/call-record.ts';
import { createEndpointPools, type PoolSettings } from '../gateway/endpoint-pools.ts';
import { createModelCorrections } from '../gateway/model-corrections.ts';
import { UNTHROTTLED } from '../gateway/throttled-connector.ts';
import type { RoutedModel } from '../routing/route.ts';
import { failureCodeOf } from './failure-code.ts';
import type { ModelRuns } from './model-figures.ts';
import { timeCall } from './timed-call.ts';

export interface MeasuredModel {
  readonly model: RoutedModel;
  readonly region: Region;
}

/** Pays for calls, where someone counts them. `index`: of the model. */
export interface CallAccount {
  /** Sets aside what a call may cost. Undefined: it might exceed what may be spent, so nothing more is asked. */
  reserve(index: number, maxTokens: number): { release(): void } | undefined;
  /** Opens the ledger row of one request. */
  record(index: number): CallRecord;
}

export interface MeasureSettings {
  readonly models: readonly MeasuredModel[];
  readonly runs: number;
  /** Unmeasured one-token calls before the runs of each model. */
  readonly warmUp: number;
  /** Models at the same time. */
  readonly concurrency: number;
  readonly maxTokens: number;
  readonly proxy?: PoolSettings['proxy'];
  readonly account?: CallAccount;
  /** Ends the measuring; what was measured until then is returned. */
  readonly signal?: AbortSignal;
  /** Called after each measured run, failed or not. `runsDone` jumps to all of them when a model is given up. */
  readonly onRun: (measured: ModelRuns, index: number, runsDone: number) => void;
}

/** Timeout for one answer. */
const CALL_MS = 120_000;
/** A model that fails this often in a row is not measured further. */
const GIVE_UP_AFTER = 3;
const NOTHING_RESERVED = { release() {} };
const NEVER = new AbortController().signal;

/** Returns the runs of each model in the given order. A failed model has errors; one that was not reached has nothing. */
export async function measureModels(settings: MeasureSettings): Promise<ModelRuns[]> {
  const { runs, warmUp, maxTokens, concurrency, account, signal = NEVER, onRun } = settings;
  const pools = createEndpointPools({
    connections: concurrency,
    connectMs: 10_000,
    keepAliveMs: 75_000,
    warm: undefined,
    warmEveryMs: 30_000,
    throttling: UNTHROTTLED,
    proxy: settings.proxy,
  });
  const corrections = createModelCorrections();
  const models = settings.models.map((measured) => ({ ...measured, model: withoutThinking(measured.model) }));
  const measured = models.map(({ model: { id } }): { -readonly [Key in keyof ModelRuns]: ModelRuns[Key] } => ({
    ...{ id, calls: [], errors: {} },
  }));

  /** Undefined when it may not be asked. */
  async function call({ model }: MeasuredModel, index: number, limit: number) {
    const reserved = account === undefined ? NOTHING_RESERVED : account.reserve(index, limit);
    if (reserved === undefined) return undefined;
    try {
      return await timeCall(
        {
          ...{ model, connection: pools.of(model.endpoint), corrections, maxTokens: limit },
          ...(account === undefined ? {} : { record: () => account.record(index) }),
        },
        AbortSignal.any([signal, AbortSignal.timeout(CALL_MS)]),
      );
    } finally {
      reserved.release();
    }
  }

  async function measure(index: number): Promise<void> {
    const [target, own] = [models[index], measured[index]];
    if (target === undefined || own === undefined) return;
    for (let run = 0; run < warmUp && !signal.aborted; run++) await call(target, index, 1).catch(() => {}); // the runs report the error
    let failedInARow = 0;
    for (let run = 1; run <= runs && failedInARow < GIVE_UP_AFTER && !signal.aborted; run++) {
      try {
        const timed = await call(target, index, maxTokens);
        if (timed === undefined) return;
        own.calls = [...own.calls, timed];
        failedInARow = 0;
      } catch (error) {
        if (signal.aborted) return;
        const code = failureCodeOf(error);
        if (code === undefined) throw error;
        own.errors = { ...own.errors, [code]: (own.errors[code] ?? 0) + 1 };
        failedInARow += 1;
      }
      onRun({ ...own }, index, failedInARow < GIVE_UP_AFTER ? run : runs);
    }
  }

  const indexes = [...models.keys()];
  // Slowest first, so that it doesn't run alone at the end.
  const waiting = concurrency === 1 ? indexes : indexes.toSorted((a, b) => expectedMs(b) - expectedMs(a));
  const work = async () => {
    for (let index = waiting.shift(); index !== undefined; index = waiting.shift()) await measure(index);
  };
  try {
    await Promise.all(Array.from({ length: concurrency }, work));
  } finally {
    await pools.close();
  }
  return measured;

  function expectedMs(index: number): number {
    const { model, region } = models[index] ?? {};
    const known = REFERENCE_MODELS.find(({ id }) => id === model?.id);
    if (known === undefined || region === undefined) return Number.MAX_VALUE;
    return referenceTtftMs(known, region) + (maxTokens * 1000) / known.tokensPerSecond;
  }
}

/** The reference benchmark limits all tokens; only a model that always thinks needs more for an answer. */
function withoutThinking(model: RoutedModel): RoutedModel {
  const { profile } = model;
  return profile.thinks === 'always' ? model : { ...model, profile: { ...profile, thinkingTokens: 0 } };
}
