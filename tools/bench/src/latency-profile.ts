/** Draws lognormal TTFTs for each model. The same seed gives the same sequence. */
import type { CatalogModel } from '@firstword/shared/catalog';
import { createSeededRandom } from './seeded-random.ts';

export interface LatencyProfile {
  /** p99 / p50 of models not listed below. Their p50 is the reference TTFT. */
  readonly steadyTail: number;
  /** Milliseconds. */
  readonly models: Readonly<Record<string, { readonly p50: number; readonly p99: number }>>;
}

/** `calm`: as in the reference benchmark. `heavy-tail`: the first models of the fast and instant tiers often stall. */
export const LATENCY_PROFILES = {
  calm: { steadyTail: 1.1, models: {} },
  'heavy-tail': {
    steadyTail: 2.4,
    models: { 'deepseek-v4-flash': { p50: 180, p99: 1500 }, 'qwen3-8b': { p50: 150, p99: 1200 } },
  },
} as const satisfies Record<string, LatencyProfile>;
export type LatencyProfileName = keyof typeof LATENCY_PROFILES;

/** The p99 of the standard normal distribution. */
const Z99 = 2.326;

/** @returns a function that draws one TTFT in milliseconds */
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
