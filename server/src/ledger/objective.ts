/** The service-level objective for `feltTtft`: the share within the limit, and the burn rate of the error budget. Pure. */
import type { BurnSummary } from '@firstword/shared/reports';
import { countBelow, countSamples, type TtftHistogram } from '../records/ttft-histogram.ts';

/** At least `share` (0…1) of all answers begin within `withinMs`; exact for 200, 400 and 800 ms. */
export interface Objective {
  readonly withinMs: number;
  readonly share: number;
}

/** A burn rate of 1 uses up exactly the error budget, 2 in half the time, 0 nothing. */
export function burnOf(histogram: TtftHistogram, { withinMs, share }: Objective): BurnSummary {
  const samples = countSamples(histogram);
  if (samples === 0) return { kind: 'no-data' };
  const within = countBelow(histogram, withinMs);
  const withinShare = within / samples;
  return {
    kind: 'measured',
    samples,
    withinShare,
    burnRate: (samples - within) / (samples * (1 - share)),
    met: withinShare >= share,
  };
}
