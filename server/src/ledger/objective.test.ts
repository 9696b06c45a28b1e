import { expect, test } from 'vitest';
import { EMPTY_HISTOGRAM, histogramOf, ttftBucket } from '../records/ttft-histogram.ts';
import { burnOf, type Objective } from './objective.ts';

const PROMISE: Objective = { withinMs: 400, share: 0.95 };
const waits = (quick: number, late: number) =>
  histogramOf([
    [ttftBucket(180), quick],
    [ttftBucket(400), late],
  ]);

test('using exactly the error budget is a burn rate of 1', () => {
  const burn = burnOf(waits(95, 5), PROMISE);
  expect(burn).toMatchObject({ kind: 'measured', samples: 100, withinShare: 0.95, met: true });
  expect(burn.kind === 'measured' && burn.burnRate).toBeCloseTo(1);
});

test('twice as many late answers double the burn rate and miss the objective', () => {
  const burn = burnOf(waits(90, 10), PROMISE);
  expect(burn).toMatchObject({ kind: 'measured', met: false });
  expect(burn.kind === 'measured' && burn.burnRate).toBeCloseTo(2);
});

test('without samples the objective is neither met nor missed', () => {
  expect(burnOf(EMPTY_HISTOGRAM, PROMISE)).toEqual({ kind: 'no-data' });
});
