import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  bucketEndMs,
  countBelow,
  countSamples,
  EMPTY_HISTOGRAM,
  histogramOf,
  mergeHistograms,
  TTFT_BUCKETS,
  type TtftHistogram,
  ttftBucket,
  ttftQuantile,
} from './ttft-histogram.ts';

const waits = fc.array(fc.double({ min: 0, max: 600_000, noNaN: true }), { maxLength: 60 });
const histogram = (samples: readonly number[]): TtftHistogram => histogramOf(samples.map((ms) => [ttftBucket(ms), 1]));

test('the perception bands start at bucket limits', () => {
  for (const ms of [200, 400, 800]) {
    expect(bucketEndMs(ttftBucket(ms) - 1)).toBe(ms);
    expect(countBelow(histogram([ms - 0.001, ms]), ms)).toBe(1);
  }
});

test('64 buckets cover 11 ms to 58.8 s, each 15 % wider than the previous one', () => {
  expect(TTFT_BUCKETS).toBe(64);
  expect(bucketEndMs(0)).toBeCloseTo(10.9, 1);
  expect(bucketEndMs(62)).toBeCloseTo(58_813, 0);
  expect(bucketEndMs(31) / bucketEndMs(30)).toBeCloseTo(1.149, 3);
});

test('merging histograms in any order and grouping equals one histogram of all samples', () => {
  fc.assert(
    fc.property(waits, waits, waits, (a, b, c) => {
      const [x, y, z] = [histogram(a), histogram(b), histogram(c)];
      expect(mergeHistograms(x, y)).toEqual(mergeHistograms(y, x));
      expect(mergeHistograms(mergeHistograms(x, y), z)).toEqual(mergeHistograms(x, mergeHistograms(y, z)));
      expect(mergeHistograms(mergeHistograms(x, y), z)).toEqual(histogram([...a, ...b, ...c]));
      expect(mergeHistograms(x, EMPTY_HISTOGRAM)).toEqual(x);
      expect(countSamples(mergeHistograms(x, y))).toBe(a.length + b.length);
    }),
  );
});

test('a quantile lies in the bucket of its sample', () => {
  fc.assert(
    fc.property(waits, fc.double({ min: 0, max: 1, noNaN: true }), (samples, q) => {
      fc.pre(samples.length > 0);
      const exact = samples.toSorted((a, b) => a - b)[Math.max(1, Math.ceil(q * samples.length)) - 1] ?? 0;
      const bucket = ttftBucket(exact);
      const found = ttftQuantile(histogram(samples), q) ?? Number.NaN;
      expect(found).toBeGreaterThanOrEqual(bucket === 0 ? 0 : bucketEndMs(bucket - 1));
      expect(found).toBeLessThanOrEqual(bucketEndMs(bucket));
    }),
  );
});

test('without samples there is no quantile', () => {
  expect(ttftQuantile(EMPTY_HISTOGRAM, 0.5)).toBeUndefined();
});
