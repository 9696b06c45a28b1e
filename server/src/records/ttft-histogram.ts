/** TTFT histograms with logarithmic buckets, which can be added up over hours, sites and models. Pure. */
import type { TtftSummary } from '@firstword/shared/reports';

/** Counts by bucket; the length is always `TTFT_BUCKETS`. */
export type TtftHistogram = readonly number[];

/** The first ends at 11 ms, each following one is 15 % wider, the last begins at 58.8 s. */
export const TTFT_BUCKETS = 64;

/** 200, 400 and 800 ms are bucket limits (five buckets per doubling), so the shares of the bands are exact. */
const ANCHOR_MS = 400;
const ANCHOR_BUCKET = 26;
const BUCKETS_PER_DOUBLING = 5;

export const EMPTY_HISTOGRAM: TtftHistogram = Array.from({ length: TTFT_BUCKETS }, () => 0);

/** @param ms 0 or more */
export function ttftBucket(ms: number): number {
  const bucket = Math.floor(BUCKETS_PER_DOUBLING * Math.log2(ms / ANCHOR_MS)) + ANCHOR_BUCKET + 1;
  return Math.max(0, Math.min(TTFT_BUCKETS - 1, bucket));
}

/** The exclusive end of a bucket, in milliseconds; the last one has none. */
export function bucketEndMs(bucket: number): number {
  if (bucket >= TTFT_BUCKETS - 1) return Number.POSITIVE_INFINITY;
  return ANCHOR_MS * 2 ** ((bucket - ANCHOR_BUCKET) / BUCKETS_PER_DOUBLING);
}

/** @param counts pairs of bucket and count; a bucket may occur more than once */
export function histogramOf(counts: Iterable<readonly [bucket: number, count: number]>): TtftHistogram {
  const sums = [...EMPTY_HISTOGRAM];
  for (const [bucket, count] of counts) sums[bucket] = (sums[bucket] ?? 0) + count;
  return sums;
}

export function mergeHistograms(one: TtftHistogram, other: TtftHistogram): TtftHistogram {
  return one.map((count, bucket) => count + (other[bucket] ?? 0));
}

export function countSamples(histogram: TtftHistogram): number {
  return histogram.reduce((sum, count) => sum + count, 0);
}

/** Samples below `ms`: exact for 200, 400 and 800, else rounded down to the bucket's start. */
export function countBelow(histogram: TtftHistogram, ms: number): number {
  return histogram.reduce((sum, count, bucket) => (bucketEndMs(bucket) <= ms ? sum + count : sum), 0);
}

/**
 * The quantile `q` (0…1) in milliseconds, accurate to the width of a bucket (15 %); undefined without samples.
 * In the last bucket it is "at least 58.8 s".
 */
export function ttftQuantile(histogram: TtftHistogram, q: number): number | undefined {
  const samples = countSamples(histogram);
  if (samples === 0) return undefined;
  const rank = Math.max(1, Math.ceil(q * samples));
  let before = 0;
  for (const [bucket, count] of histogram.entries()) {
    if (before + count < rank) {
      before += count;
      continue;
    }
    const start = bucket === 0 ? 0 : bucketEndMs(bucket - 1);
    const end = bucketEndMs(bucket);
    return Number.isFinite(end) ? start + ((rank - before) / count) * (end - start) : start;
  }
  return undefined;
}

/** The figures that reports show. */
export function summarizeTtft(histogram: TtftHistogram): TtftSummary {
  const [p50Ms, p75Ms, p95Ms] = [0.5, 0.75, 0.95].map((q) => ttftQuantile(histogram, q));
  if (p50Ms === undefined || p75Ms === undefined || p95Ms === undefined) return { kind: 'no-data' };
  return { kind: 'measured', samples: countSamples(histogram), p50Ms, p75Ms, p95Ms };
}
