/** The result of a benchmark, printed as a table or as JSON. */
import { cpus } from 'node:os';
import type { Series } from '../../evaluation/series.ts';

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
