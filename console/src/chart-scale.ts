/** Where things stand on a chart. Pure: numbers in, pixels out. */

export interface Scale {
  /** Pixels from the top; larger values stand higher. */
  readonly y: (value: number) => number;
  readonly ticks: readonly number[];
}

/** The bands of a wait end at doublings, so the axis counts in them. */
const WAIT_BASE_MS = 100;

/**
 * A logarithmic axis for waits: each doubling is as high as the next, as it is felt.
 * @param values milliseconds; it always reaches from 100 to 1600
 */
export function ttftScale(values: readonly number[], top: number, bottom: number): Scale {
  const lowest = Math.min(WAIT_BASE_MS, ...values);
  const highest = Math.max(1600, ...values);
  const from = Math.floor(Math.log2(lowest / WAIT_BASE_MS));
  const to = Math.ceil(Math.log2(highest / WAIT_BASE_MS));
  return {
    y: (ms) => bottom - ((Math.log2(ms / WAIT_BASE_MS) - from) / (to - from)) * (bottom - top),
    ticks: Array.from({ length: to - from + 1 }, (_, index) => WAIT_BASE_MS * 2 ** (from + index)),
  };
}

/** A linear axis from zero with three to six ticks at round amounts. */
export function amountScale(values: readonly number[], top: number, bottom: number): Scale {
  const highest = Math.max(0, ...values);
  if (highest === 0) return { y: () => bottom, ticks: [0] };
  const power = 10 ** Math.floor(Math.log10(highest / 4));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((size) => highest / size <= 5) ?? 10 * power;
  const count = Math.ceil(highest / step - 1e-9);
  return {
    y: (value) => bottom - (value / (count * step)) * (bottom - top),
    ticks: Array.from({ length: count + 1 }, (_, index) => index * step),
  };
}

/** The middles of so many columns. */
export function columnCentres(count: number, left: number, right: number): number[] {
  return Array.from({ length: count }, (_, index) => left + ((index + 0.5) * (right - left)) / count);
}

/** Every how many-th label has room, when each needs `labelPx`. */
export function labelStep(count: number, labelPx: number, widthPx: number): number {
  return Math.max(1, Math.ceil((count * labelPx) / Math.max(1, widthPx)));
}

/** Every UTC day from one to the other, both included. */
export function daysFrom(from: string, to: string): string[] {
  const days: string[] = [];
  for (let at = Date.parse(from); at <= Date.parse(to); at += 24 * 60 * 60 * 1000)
    days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}
