/** Quantiles of the observations that a histogram of `/metrics` gained between two readings. */

/** Upper bound in milliseconds → observations up to it, since the process started. */
export type Buckets = ReadonlyMap<number, number>;

/** @param metric name of a histogram without labels, in seconds */
export async function readBuckets(port: number, metric: string): Promise<Buckets> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const buckets = new Map<number, number>();
  for (const line of text.split('\n')) {
    const [, bound, count] = /^(?:\w+)_bucket\{le="([^"]+)"\} (\d+)/.exec(line) ?? [];
    if (!line.startsWith(`${metric}_bucket`) || bound === undefined) continue;
    buckets.set(bound === '+Inf' ? Number.POSITIVE_INFINITY : Number(bound) * 1000, Number(count));
  }
  return buckets;
}

/**
 * The quantile in milliseconds, interpolated linearly within its bucket.
 * `Infinity` beyond the last bound, NaN without observations.
 */
export function quantile(before: Buckets, after: Buckets, share: number): number {
  const counts = [...after].map(([bound, count]) => [bound, count - (before.get(bound) ?? 0)] as const);
  const all = counts.at(-1)?.[1] ?? 0;
  if (all === 0) return Number.NaN;
  let lower = { bound: 0, count: 0 };
  for (const [bound, count] of counts) {
    if (count >= share * all && bound !== Number.POSITIVE_INFINITY)
      return lower.bound + ((share * all - lower.count) / (count - lower.count)) * (bound - lower.bound);
    lower = { bound, count };
  }
  return Number.POSITIVE_INFINITY;
}
