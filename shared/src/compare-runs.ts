/** Compares the cases of two evaluations. Pure, and free of imports, so that browsers can import it. */

interface Judged {
  readonly id: string;
  readonly faults: readonly unknown[];
}

export interface RunComparison<Case extends Judged> {
  /** Cases of both runs. */
  readonly compared: number;
  /** Passed before, but not now. */
  readonly worse: readonly Case[];
  /** Passed now, but not before. */
  readonly better: readonly Case[];
  /** Ids of the earlier run's cases that were not asked now. */
  readonly missing: readonly string[];
}

export function compareRuns<Case extends Judged>(before: readonly Judged[], now: readonly Case[]): RunComparison<Case> {
  const earlier = new Map(before.map((judged) => [judged.id, judged]));
  const both = now.filter(({ id }) => earlier.has(id));
  const passedBefore = ({ id }: Judged) => earlier.get(id)?.faults.length === 0;
  const passes = ({ faults }: Judged) => faults.length === 0;
  const ids = new Set(now.map(({ id }) => id));
  return {
    compared: both.length,
    worse: both.filter((judged) => passedBefore(judged) && !passes(judged)),
    better: both.filter((judged) => !passedBefore(judged) && passes(judged)),
    missing: before.flatMap(({ id }) => (ids.has(id) ? [] : id)),
  };
}
