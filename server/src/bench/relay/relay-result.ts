/** What the relay benchmark's steps say together: how many streams each server holds, and what a token costs. Pure. */
import { type BenchResult, round, type Series } from '../report.ts';

/** A token that is later than this is noticed at 60 tokens a second. */
export const LIMIT_P99_MS = 60;
export const SERVERS = ['bare', 'product'] as const;
export type ServerKind = (typeof SERVERS)[number];

export interface RelayStep {
  readonly streams: number;
  readonly age: Series;
  readonly tokensPerSecond: number;
  readonly cpuMsPerThousandTokens: number;
  /** Share of the time in which the server's event loop was busy. */
  readonly busy: number;
  /** The same for the benchmark's own processes: above 0.9 they are what was measured. */
  readonly toolsBusy: number;
}

export function holds({ age }: RelayStep): boolean {
  return age.p99 < LIMIT_P99_MS;
}

/** The round with the lowest p99: whatever else runs on a machine only adds. */
export function leastDisturbed(rounds: readonly RelayStep[]): RelayStep {
  const [best] = rounds.toSorted((a, b) => a.age.p99 - b.age.p99);
  if (best === undefined) throw new Error('nothing was measured');
  return best;
}

export function toRelayResult(steps: Readonly<Record<ServerKind, readonly RelayStep[]>>): BenchResult {
  const most = (kind: ServerKind) => Math.max(0, ...steps[kind].filter(holds).map((step) => step.streams));
  const named = SERVERS.flatMap((kind) => steps[kind].map((step) => [`${kind} × ${step.streams}`, step] as const));
  const both = steps.product.flatMap((product) => {
    const bare = steps.bare.find(({ streams }) => streams === product.streams);
    return bare === undefined ? [] : [[product, bare] as const];
  });
  return {
    target: 'relay',
    about: `age of each token at the visitor, least disturbed round; a step holds while p99 stays under ${LIMIT_P99_MS} ms`,
    series: Object.fromEntries(named.map(([name, { age }]) => [name, age])),
    ratios: {
      'streams, product / bare': round(most('product') / most('bare')),
      ...Object.fromEntries(
        both.map(([product, bare]) => [
          `CPU per token at ${product.streams} streams, product / bare`,
          round(product.cpuMsPerThousandTokens / bare.cpuMsPerThousandTokens),
        ]),
      ),
    },
    figures: {
      'most streams, product': most('product'),
      'most streams, bare': most('bare'),
      ...Object.fromEntries(
        named.flatMap(([name, step]) => [
          [`${name}: CPU ms per 1,000 tokens`, step.cpuMsPerThousandTokens],
          [`${name}: tokens/s`, step.tokensPerSecond],
          [`${name}: loop busy`, step.busy],
          [`${name}: tools' loops busy, at most`, step.toolsBusy],
        ]),
      ),
    },
  };
}
