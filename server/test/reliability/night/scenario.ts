/** One fault of the night run: what is done, what must hold, what was found. */
export interface Finding {
  readonly did: string;
  /** What was measured, with its units. */
  readonly figure: string;
  readonly held: boolean;
  /** Messages that were acknowledged while something was killed, all of them looked for afterwards. */
  readonly acks?: number;
}

export interface Trial {
  readonly id: string;
  readonly promise: string;
  /** @param say reports progress, a line at a time */
  run(say: (line: string) => void): Promise<Finding>;
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

export const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
export const count = (number: number, one: string, more = `${one}s`) =>
  `${number.toLocaleString('en')} ${number === 1 ? one : more}`;
