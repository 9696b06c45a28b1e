/** Where the rows of a long list begin, by what is known of their heights. A change costs the logarithm of their number. */

export interface RowTops {
  /** Of all rows together. */
  readonly height: () => number;
  /** Where a row begins; with the number of rows, where the last one ends. */
  top(index: number): number;
  /** The row at this distance from the first one; the first or last row outside of the list. */
  indexAt(px: number): number;
  /** A row was measured. */
  set(index: number, px: number): void;
}

/** @param heights of the rows, in order */
export function createRowTops(heights: readonly number[]): RowTops {
  const count = heights.length;
  const known = Float64Array.from(heights);
  // A Fenwick tree: an element has the sum of as many rows as the lowest bit of its number says, itself the last of them.
  const sums = new Float64Array(count + 1);
  for (let at = 1; at <= count; at += 1) {
    sums[at] = (sums[at] ?? 0) + (known[at - 1] ?? 0);
    const next = at + (at & -at);
    if (next <= count) sums[next] = (sums[next] ?? 0) + (sums[at] ?? 0);
  }
  const top = (index: number) => {
    let px = 0;
    for (let at = Math.min(index, count); at > 0; at -= at & -at) px += sums[at] ?? 0;
    return px;
  };
  return {
    height: () => top(count),
    top,
    indexAt(px) {
      let [at, rest] = [0, px];
      for (let step = 2 ** Math.floor(Math.log2(Math.max(1, count))); step >= 1; step /= 2) {
        const sum = sums[at + step];
        if (sum === undefined || sum > rest) continue;
        at += step;
        rest -= sum;
      }
      return Math.max(0, Math.min(count - 1, at));
    },
    set(index, px) {
      const change = px - (known[index] ?? px);
      if (change === 0) return;
      known[index] = px;
      for (let at = index + 1; at <= count; at += at & -at) sums[at] = (sums[at] ?? 0) + change;
    },
  };
}
