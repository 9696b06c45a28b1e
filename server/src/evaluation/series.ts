/** Summarises measured values. Pure. */

export interface Series {
  readonly unit: string;
  readonly n: number;
  readonly mean: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** @param values at least one */
export function summarise(values: readonly number[], unit = 'ms'): Series {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) =>
    round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN);
  const mean = round(values.reduce((sum, value) => sum + value, 0) / values.length);
  return { unit, n: values.length, mean, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}

/** In whole milliseconds. @param values at least one */
export function roundedTtft(values: readonly number[]): { p50: number; p95: number } {
  const { p50, p95 } = summarise(values);
  return { p50: Math.round(p50), p95: Math.round(p95) };
}

export function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
