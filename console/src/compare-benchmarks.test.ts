import type { BenchmarkLine } from '@firstword/shared/benchmark';
import { expect, test } from 'vitest';
import { compareBenchmarks } from './compare-benchmarks.ts';

const line = (modelId: string, more: Partial<BenchmarkLine> = {}): BenchmarkLine => ({
  ...{ modelId, endpointId: 'main', region: 'us-east', asked: 10, answered: 10, givenUp: false, errors: {} },
  ...{ estimated: false, usd: 0.01, costIsComplete: true },
  ...more,
});

test('compares the models that both runs have measured, relative to the earlier run', () => {
  const earlier = { lines: [line('a', { ttft: { p50: 200, p95: 400 }, tokensPerSecond: 50 }), line('only-before')] };
  const later = { lines: [line('only-now'), line('a', { ttft: { p50: 150, p95: 500 }, tokensPerSecond: 60 })] };
  const [compared, ...others] = compareBenchmarks(earlier, later);
  expect(others).toEqual([]);
  expect(compared?.modelId).toBe('a');
  expect(compared?.figures.ttftP50).toEqual({ earlier: 200, later: 150, change: -0.25 });
  expect(compared?.figures.ttftP95).toEqual({ earlier: 400, later: 500, change: 0.25 });
  expect(compared?.figures.tokensPerSecond.change).toBeCloseTo(0.2);
});

test('a model that did not answer in one of them has no difference', () => {
  const [compared] = compareBenchmarks(
    { lines: [line('a', { answered: 0 })] },
    { lines: [line('a', { ttft: { p50: 1, p95: 2 } })] },
  );
  expect(compared?.figures.ttftP50).toEqual({ earlier: undefined, later: 1, change: undefined });
  expect(compared?.failed).toEqual({ earlier: 10, later: 0 });
});

test('the same model at another endpoint is another one', () => {
  expect(compareBenchmarks({ lines: [line('a', { endpointId: 'eu' })] }, { lines: [line('a')] })).toEqual([]);
});
