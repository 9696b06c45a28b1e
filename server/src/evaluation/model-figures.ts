/** Aggregates a model's runs into figures and rates its TTFT. Pure. */
import {
  INTERACTIVE_TTFT_LIMIT_MS,
  type PriceClass,
  priceClass,
  REFERENCE_MODELS,
  type Tier,
} from '@firstword/shared/catalog';
import { type Series, summarise } from './series.ts';
import type { TimedCall } from './timed-call.ts';

/** Bands of TTFT: under 200 ms, under 400, under 800, longer. */
export type Perception = 'instant' | 'fast' | 'noticeable' | 'slow';

export interface ModelRuns {
  readonly id: string;
  readonly calls: readonly TimedCall[];
  /** Failure code → count. */
  readonly errors: Readonly<Record<string, number>>;
}

export interface ModelFigures {
  readonly id: string;
  /** The display name; the id if the catalog doesn't have the model. */
  readonly name: string;
  readonly provider: string | undefined;
  readonly runs: number;
  readonly errors: Readonly<Record<string, number>>;
  /** In milliseconds; undefined if no run succeeded. */
  readonly ttft: Series | undefined;
  readonly tokensPerSecond: Series | undefined;
  /** Mean of the successful runs. */
  readonly outputTokens: number | undefined;
  /** The endpoint reported no token counts, so speed and length are estimates. */
  readonly estimated: boolean;
  readonly outputUsdPerMillion: number | undefined;
  readonly priceClass: PriceClass | undefined;
  readonly perception: Perception | undefined;
  /** Tiers that the model is fast enough for. */
  readonly tiers: readonly Tier[];
}

const INSTANT_TTFT_LIMIT_MS = 200;
const SLOW_TTFT_MS = 800;

export function toFigures({ id, calls, errors }: ModelRuns): ModelFigures {
  const known = REFERENCE_MODELS.find((model) => model.id === id);
  const rates = calls.flatMap(({ tokensPerSecond }) => tokensPerSecond ?? []);
  const ttft = calls.length === 0 ? undefined : summarise(calls.map(({ ttftMs }) => ttftMs));
  return {
    id,
    name: known?.name ?? id,
    provider: known?.provider,
    runs: calls.length,
    errors,
    ttft,
    tokensPerSecond: rates.length === 0 ? undefined : summarise(rates, 'tokens/s'),
    outputTokens:
      calls.length === 0
        ? undefined
        : summarise(
            calls.map(({ outputTokens }) => outputTokens),
            'tokens',
          ).mean,
    estimated: calls.some(({ estimated }) => estimated),
    outputUsdPerMillion: known?.outputUsdPerMillion,
    priceClass: known && priceClass(known.outputUsdPerMillion),
    perception: ttft && perceptionOf(ttft.mean),
    tiers: ttft ? tiersFor(ttft.mean) : [],
  };
}

/** @param ttftMs rounded to whole milliseconds, like the published figures */
export function perceptionOf(ttftMs: number): Perception {
  const ms = Math.round(ttftMs);
  if (ms < INSTANT_TTFT_LIMIT_MS) return 'instant';
  if (ms < INTERACTIVE_TTFT_LIMIT_MS) return 'fast';
  return ms < SLOW_TTFT_MS ? 'noticeable' : 'slow';
}

/** Instant needs less than 200 ms, fast at most 400 ms; quality works in the background and has no limit. */
export function tiersFor(ttftMs: number): Tier[] {
  const ms = Math.round(ttftMs);
  if (ms < INSTANT_TTFT_LIMIT_MS) return ['instant', 'fast', 'quality'];
  return ms <= INTERACTIVE_TTFT_LIMIT_MS ? ['fast', 'quality'] : ['quality'];
}
