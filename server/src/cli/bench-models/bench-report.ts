/** The result of a benchmark, printed as a table or as JSON. */
import { cpus } from 'node:os';

export interface Series {
  readonly unit: string;
  readonly n: number;
  readonly mean: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

export interface BenchResult {
  readonly target: string;
  /** What was measured, in one sentence. */
  readonly about: string;
  readonly series: Readonly<Record<string, Series>>;
  /** Ratios within this run, which don't depend on the machine. */
  readonly ratios: Readonly<Record<string, number>>;
  /** Single values: counts, shares, bytes. */
  readonly figures?: Readonly<Record<string, number>>;
  /** What the median of a series should be at most. */
  readonly goals?: Readonly<Record<string, number | undefined>>;
}

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly node: string;
}

export interface BenchReport {
  readonly schema: 'firstword-bench/1';
  readonly command: string;
  readonly at: string;
  readonly machine: Machine;
  readonly results: readonly BenchResult[];
}

/** @param values at least one */
export function summarise(values: readonly number[], unit = 'ms'): Series {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) =>
    round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN);
  const mean = round(values.reduce((sum, value) => sum + value, 0) / values.length);
  return { unit, n: values.length, mean, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}

export function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

export function createReport(command: string, results: readonly BenchResult[]): BenchReport {
  return {
    schema: 'firstword-bench/1',
    command,
    at: new Date().toISOString(),
    machine: describeMachine(),
    results,
  };
}

export function describeMachine(): Machine {
  const [cpu] = cpus();
  return { cpu: cpu?.model ?? 'unknown', cores: cpus().length, node: process.version };
}

export function printReport({ machine, results }: BenchReport): void {
  const line = (text = '') => void process.stdout.write(`${text}\n`);
  line(`${machine.cpu}, ${machine.cores} cores, Node ${machine.node}`);
  for (const { target, about, series, ratios, figures, goals = {} } of results) {
    line(`\n${target}: ${about}`);
    const width = Math.max(12, ...Object.keys(series).map((name) => name.length));
    line(`${''.padEnd(width)}${['p50', 'p95', 'p99', 'max', 'mean', 'n'].map((head) => head.padStart(10)).join('')}`);
    for (const [name, { p50, p95, p99, max, mean, n, unit }] of Object.entries(series)) {
      const goal = goals[name];
      const beside = goal === undefined ? '' : `  goal ${goal}: ${p50 <= goal ? 'reached' : 'missed'}`;
      line(
        `${name.padEnd(width)}${[p50, p95, p99, max, mean].map((value) => value.toFixed(1).padStart(10)).join('')}${String(n).padStart(10)} ${unit}${beside}`,
      );
    }
    for (const [name, value] of Object.entries({ ...ratios, ...figures })) line(`  ${name}: ${value}`);
  }
}
