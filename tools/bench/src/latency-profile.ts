/** What the wait for a first token is like: a lognormal draw for each model, the same sequence for the same seed. */
import type { CatalogModel } from '@firstword/shared/catalog';

export interface LatencyProfile {
  /** p99 / p50 of a model that is not named; its p50 is its reference TTFT. */
  readonly steadyTail: number;
  /** Milliseconds. */
  readonly models: Readonly<Record<string, { readonly p50: number; readonly p99: number }>>;
}

/** `calm`: as in the reference benchmark. `heavy-tail`: the first models of the fast and the instant tier often stall. */
export const LATENCY_PROFILES = {
  calm: { steadyTail: 1.1, models: {} },
  'heavy-tail': {
    steadyTail: 2.4,
    models: { 'deepseek-v4-flash': { p50: 180, p99: 1500 }, 'qwen3-8b': { p50: 150, p99: 1200 } },
  },
} as const satisfies Record<string, LatencyProfile>;
export type LatencyProfileName = keyof typeof LATENCY_PROFILES;

/** The standard normal's p99. */
const Z99 = 2.326;

/** Draws one wait in milliseconds. */
export function createLatencyProfile(
  { steadyTail, models }: LatencyProfile,
  seed: number,
): (model: CatalogModel) => number {
  const random = createSeededRandom(seed);
  return ({ id, ttftMs }) => {
    const { p50, p99 } = models[id] ?? { p50: ttftMs['us-east'], p99: ttftMs['us-east'] * steadyTail };
    const normal = Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
    return p50 * Math.exp((Math.log(p99 / p50) / Z99) * normal);
  };
}

/** Above 0, below 1 (xorshift, 32 bits). */
function createSeededRandom(seed: number): () => number {
  let state = seed | 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return ((state >>> 0) + 0.5) / 2 ** 32;
  };
}
