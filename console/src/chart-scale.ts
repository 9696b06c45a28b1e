/** Scales and column positions of the charts. Pure: numbers in, pixels out. */
import { scaleLinear, scaleLog } from 'd3-scale';

export interface Scale {
  /** Pixels from the top of the chart. */
  readonly y: (value: number) => number;
  readonly ticks: readonly number[];
}

/** Perception bands end at doublings of this value, so ticks are at the same places. */
const TTFT_BASE_MS = 100;
const AMOUNT_TICKS = 5;

/**
 * A logarithmic axis for TTFT: perceived differences follow ratios.
 * @param values milliseconds; the axis covers at least 100 to 1600
 */
export function ttftScale(values: readonly number[], top: number, bottom: number): Scale {
  const lowest = Math.min(TTFT_BASE_MS, ...values);
  const highest = Math.max(1600, ...values);
  const from = Math.floor(Math.log2(lowest / TTFT_BASE_MS));
  const to = Math.ceil(Math.log2(highest / TTFT_BASE_MS));
  const ticks = Array.from({ length: to - from + 1 }, (_, index) => TTFT_BASE_MS * 2 ** (from + index));
  return { y: scaleLog([TTFT_BASE_MS * 2 ** from, TTFT_BASE_MS * 2 ** to], [bottom, top]), ticks };
}

/** A linear axis from zero with ticks at round amounts. */
export function amountScale(values: readonly number[], top: number, bottom: number): Scale {
  const highest = Math.max(0, ...values);
  if (highest === 0) return { y: () => bottom, ticks: [0] };
  const y = scaleLinear([0, highest], [bottom, top]).nice(AMOUNT_TICKS);
  return { y, ticks: y.ticks(AMOUNT_TICKS) };
}

/** The horizontal centre of each column. */
export function columnCentres(count: number, left: number, right: number): number[] {
  return Array.from({ length: count }, (_, index) => left + ((index + 0.5) * (right - left)) / count);
}

/** The n for showing every n-th label, so that each has `labelPx` of space. */
export function labelStep(count: number, labelPx: number, widthPx: number): number {
  return Math.max(1, Math.ceil((count * labelPx) / Math.max(1, widthPx)));
}

/** A column for each day, also for those without data; otherwise for each key that has some. */
export function columnKeys({ by, from, to }: ColumnRange, known: Iterable<string>): string[] {
  return by === 'day' ? daysFrom(from, to) : [...known];
}

export interface ColumnRange {
  /** What the keys are, such as `day`. */
  readonly by: string;
  /** Days. */
  readonly from: string;
  readonly to: string;
}

/** All UTC days between two, inclusive. */
export function daysFrom(from: string, to: string): string[] {
  const days: string[] = [];
  for (let at = Date.parse(from); at <= Date.parse(to); at += 24 * 60 * 60 * 1000)
    days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}
