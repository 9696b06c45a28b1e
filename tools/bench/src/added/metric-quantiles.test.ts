import { expect, test } from 'vitest';
import { quantile } from './metric-quantiles.ts';

const none = new Map<number, number>();
const buckets = new Map([
  [1, 0],
  [2, 80],
  [4, 98],
  [Number.POSITIVE_INFINITY, 100],
]);

test('a quantile is interpolated within its bucket', () => {
  expect(quantile(none, buckets, 0.4)).toBe(1.5);
  expect(quantile(none, buckets, 0.89)).toBe(3);
});

test('earlier observations do not count', () => {
  expect(
    quantile(
      new Map([[2, 60]]),
      new Map([
        [2, 60],
        [4, 70],
        [Number.POSITIVE_INFINITY, 70],
      ]),
      0.5,
    ),
  ).toBe(3);
});

test('a quantile beyond the last bound is infinite', () => {
  expect(quantile(none, buckets, 0.99)).toBe(Number.POSITIVE_INFINITY);
  expect(quantile(none, none, 0.5)).toBeNaN();
});
