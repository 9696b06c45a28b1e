/** One scenario of the night tests: the fault, the promise, and what was measured. */
export interface ScenarioResult {
  /** What was done. */
  readonly test: string;
  /** What was measured, with its units. */
  readonly result: string;
  readonly held: boolean;
  /** Number of messages acknowledged while processes were killed; each was checked afterwards. */
  readonly acks?: number;
}

export interface Scenario {
  readonly id: string;
  readonly promise: string;
  /** @param report prints one line of progress */
  run(report: (line: string) => void): Promise<ScenarioResult>;
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

/** `3 refused (3 busy)` */
export function describeRefusals(codes: readonly string[]): string {
  const counts = [...new Set(codes)].map((code) => `${codes.filter((each) => each === code).length} ${code}`);
  return `${codes.length} refused${counts.length > 0 ? ` (${counts.join(', ')})` : ''}`;
}

export const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
export const count = (number: number, one: string, more = `${one}s`) =>
  `${number.toLocaleString('en')} ${number === 1 ? one : more}`;
