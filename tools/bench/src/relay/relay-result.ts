/** Summarises the relay benchmark: streams that each server sustains, and CPU cost per token. Pure. */
import type { BenchResult } from '@firstword/server/cli/bench-models/bench-report';
import { round, type Series } from '@firstword/server/evaluation/series';

/** At 60 tokens/s, a later token is visible as a stutter. */
export const LIMIT_P99_MS = 60;
/** The measured server: `bare`, `product`, or a rival's name. */
export type Steps = ReadonlyMap<string, readonly RelayStep[]>;

export interface RelayStep {
  readonly streams: number;
  readonly age: Series;
  readonly tokensPerSecond: number;
  readonly cpuMsPerThousandTokens: number;
  /** Event-loop utilization of the server, 0 to 1. */
  readonly busy: number;
  /** The same for the benchmark's own processes. Above 0.9 they are the bottleneck. */
  readonly toolsBusy: number;
}

export function holds({ age }: RelayStep): boolean {
  return age.p99 < LIMIT_P99_MS;
}

/** The round with the lowest p99, because other load on the machine only adds latency. */
export function leastDisturbed(rounds: readonly RelayStep[]): RelayStep {
  const [best] = rounds.toSorted((a, b) => a.age.p99 - b.age.p99);
  if (best === undefined) throw new Error('There is no measurement.');
  return best;
}

/** Compares every server with `bare`. */
export function toRelayResult(steps: Steps): BenchResult {
  const of = (kind: string) => steps.get(kind) ?? [];
  const most = (kind: string) =>
    Math.max(
      0,
      ...of(kind)
        .filter(holds)
        .map((step) => step.streams),
    );
  const kinds = [...steps.keys()];
  const named = kinds.flatMap((kind) => of(kind).map((step) => [`${kind} × ${step.streams}`, step] as const));
  const others = kinds.filter((kind) => kind !== 'bare');
  const costs = others.flatMap((kind) =>
    of(kind).flatMap(({ streams, cpuMsPerThousandTokens }) => {
      const bare = of('bare').find((step) => step.streams === streams);
      if (bare === undefined) return [];
      const ratio = round(cpuMsPerThousandTokens / bare.cpuMsPerThousandTokens);
      return [[`CPU per token at ${streams} streams, ${kind} / bare`, ratio] as const];
    }),
  );
  return {
    target: 'relay',
    about: `age of each token at the visitor, least disturbed round; a step holds while p99 stays under ${LIMIT_P99_MS} ms`,
    series: Object.fromEntries(named.map(([name, { age }]) => [name, age])),
    ratios: {
      ...Object.fromEntries(others.map((kind) => [`streams, ${kind} / bare`, round(most(kind) / most('bare'))])),
      ...Object.fromEntries(costs),
    },
    figures: {
      ...Object.fromEntries(kinds.map((kind) => [`most streams, ${kind}`, most(kind)])),
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
