import type { BurnSummary } from '@firstword/shared/reports';
import { describe, expect, test } from 'vitest';
import { judgeBudget, judgeResponseTime } from './alert-rules.ts';

const objective = { withinMs: 400, share: 0.95 };
const burn = (burnRate: number, samples = 100): BurnSummary => ({
  ...{ kind: 'measured', samples, burnRate },
  ...{ withinShare: 1 - burnRate * 0.05, met: burnRate <= 1 },
});
const NO_DATA: BurnSummary = { kind: 'no-data' };

describe('the objective for felt TTFT', () => {
  test.each<[BurnSummary, BurnSummary, string]>([
    [burn(2), burn(1.5), 'bad'],
    [burn(20), burn(20), 'bad'],
    [burn(2, 19), burn(2), 'between'],
    [burn(1.9), burn(1.9), 'between'],
    [burn(6), burn(0.4), 'bad'],
    [burn(5.9), burn(1), 'between'],
    [burn(1), burn(3), 'clear'],
    [NO_DATA, burn(3), 'clear'],
  ])('an hour of %o in a day of %o is %s', (hour, day, verdict) => {
    expect(judgeResponseTime('acme', { objective, hour, day }).verdict).toBe(verdict);
  });

  test('opens with the share of answers that were in time', () => {
    expect(judgeResponseTime('acme', { objective, hour: burn(4), day: burn(2) })).toEqual({
      verdict: 'bad',
      cause: { kind: 'response-time', siteId: 'acme', value: 0.8, objective: 0.95, withinMs: 400 },
    });
  });
});

test.each([
  [undefined, 'clear', 'clear'],
  [0, 'clear', 'clear'],
  [0.74, 'clear', 'clear'],
  [0.79, 'between', 'clear'],
  [0.8, 'bad', 'clear'],
  [0.96, 'bad', 'between'],
  [1, 'between', 'bad'],
  [1.4, 'between', 'bad'],
])('a budget whose used share is %s is %s to be near and %s to be reached', (usedShare, near, reached) => {
  const found = judgeBudget('acme', usedShare);
  expect(found.map(({ cause, verdict }) => [cause.kind, verdict])).toEqual([
    ['budget-near', near],
    ['budget-reached', reached],
  ]);
});
