/** Whether the promise about the first word is kept: the share of waits within it, and how fast its slack burns. Pure. */
import { countBelow, countSamples, type WaitHistogram } from './wait-histogram.ts';

/** At least `share` (0…1) of all answers begin within `withinMs`; exact for 200, 400 and 800 ms. */
export interface Objective {
  readonly withinMs: number;
  readonly share: number;
}

/**
 * `burnRate` 1 uses up exactly what the objective allows to be late; 2 uses it up in half the time; 0 uses none.
 * No data is a kind of its own, so that silence never looks like success.
 */
export type Burn =
  | { readonly kind: 'no-data' }
  | {
      readonly kind: 'measured';
      readonly samples: number;
      readonly withinShare: number;
      readonly burnRate: number;
      readonly met: boolean;
    };

export function burnOf(histogram: WaitHistogram, { withinMs, share }: Objective): Burn {
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
