/** Estimates quantiles of weighted, partly censored samples (Kaplan–Meier). Own code: common statistics packages don't handle censored samples. */

export interface Sample {
  readonly ms: number;
  /** Aborted at `ms`: the true value is at least that. */
  readonly censored: boolean;
  /** Number of samples it counts as; above 0. */
  readonly weight: number;
}

export interface Quantile {
  readonly ms: number;
  /** False when only a lower bound is known, because too many samples are censored. */
  readonly exact: boolean;
}

/**
 * A sample censored at t counts as one that lasted longer than t, never as t.
 * @param share 0…1
 * @param samples at least one
 */
export function quantileOf(samples: readonly Sample[], share: number): Quantile {
  const sorted = samples.toSorted((a, b) => a.ms - b.ms || Number(a.censored) - Number(b.censored));
  const total = sorted.reduce((sum, { weight }) => sum + weight, 0);
  let atRisk = total;
  let surviving = 1;
  for (const { ms, censored, weight } of sorted) {
    if (!censored) {
      surviving *= 1 - weight / atRisk;
      if (surviving <= 1 - share + ROUNDING) return { ms, exact: true };
    }
    atRisk -= weight;
  }
  return { ms: lowerBoundOf(sorted, total * share), exact: false };
}

/** The quantile with censored samples taken as complete. */
function lowerBoundOf(sorted: readonly Sample[], rank: number): number {
  let counted = 0;
  for (const { ms, weight } of sorted) {
    counted += weight;
    if (counted >= rank - ROUNDING) return ms;
  }
  return sorted.at(-1)?.ms ?? 0;
}

const ROUNDING = 1e-9;
