/** Whether the promise about the first word is kept: the share of waits within it, and how fast its slack burns. Pure. */
import type { BurnSummary } from '@firstword/shared/reports';
import { countBelow, countSamples, type TtftHistogram } from './ttft-histogram.ts';

/** At least `share` (0…1) of all answers begin within `withinMs`; exact for 200, 400 and 800 ms. */
export interface Objective {
  readonly withinMs: number;
  readonly share: number;
}

/** Burn rate 1 uses up exactly what the objective allows to be late; 2 uses it up in half the time; 0 uses none. */
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
