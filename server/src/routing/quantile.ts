/** Quantiles of waits, some of which were broken off before they ended. Pure. */

export interface Wait {
  readonly ms: number;
  /** Broken off at `ms`: the whole wait would have been at least that long. */
  readonly censored: boolean;
  /** How many waits this one stands for; above 0. */
  readonly weight: number;
}

export interface Quantile {
  readonly ms: number;
  /** False when so many waits were broken off that only "at least `ms`" is known. */
  readonly exact: boolean;
}

/**
 * The Kaplan–Meier estimate: a wait broken off at t counts as one of those that lasted longer than t, never as t.
 * @param share 0…1
 * @param waits at least one
 */
export function quantileOf(waits: readonly Wait[], share: number): Quantile {
  const sorted = waits.toSorted((a, b) => a.ms - b.ms || Number(a.censored) - Number(b.censored));
  const total = sorted.reduce((sum, { weight }) => sum + weight, 0);
  let atRisk = total;
  let lasting = 1;
  for (const { ms, censored, weight } of sorted) {
    if (!censored) {
      lasting *= 1 - weight / atRisk;
      if (lasting <= 1 - share + ROUNDING) return { ms, exact: true };
    }
    atRisk -= weight;
  }
  return { ms: leastOf(sorted, total * share), exact: false };
}

/** Where the quantile lies at least: every wait taken as if it had ended where it was broken off. */
function leastOf(sorted: readonly Wait[], rank: number): number {
  let counted = 0;
  for (const { ms, weight } of sorted) {
    counted += weight;
    if (counted >= rank - ROUNDING) return ms;
  }
  return sorted.at(-1)?.ms ?? 0;
}

const ROUNDING = 1e-9;
