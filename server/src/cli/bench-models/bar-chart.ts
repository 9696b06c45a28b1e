/** A chart of labelled horizontal bars as inline SVG; its colours come from the page's style sheet. Pure. */
import { escapeHtml } from '../../lib/html-text.ts';

export interface Bar {
  readonly label: string;
  /** Without a value, only `note` is drawn. */
  readonly value: number | undefined;
  readonly note: string;
  /** CSS class of the bar. */
  readonly state: string;
  /** A second value, drawn as a thin mark. */
  readonly mark?: number | undefined;
}

export interface BarChart {
  /** The accessible name of the chart. */
  readonly title: string;
  readonly bars: readonly Bar[];
  /** Labelled lines, such as a limit. */
  readonly thresholds: readonly { readonly at: number; readonly label: string }[];
}

const WIDTH = 760;
const LABEL_WIDTH = 148;
const NOTE_WIDTH = 76;
const ROW = 28;
const BAR = 16;
const HEAD = 28;

export function drawBarChart({ title, bars, thresholds }: BarChart): string {
  const values = bars.flatMap(({ value, mark }) => [value ?? 0, mark ?? 0]);
  const top = Math.max(1, ...values) * 1.02;
  const plot = WIDTH - LABEL_WIDTH - NOTE_WIDTH;
  const height = HEAD + bars.length * ROW + 8;
  const x = (value: number) => (LABEL_WIDTH + (value / top) * plot).toFixed(1);

  const lines = thresholds
    .filter(({ at }) => at < top)
    .map(
      ({ at, label }) =>
        `<line class="threshold" x1="${x(at)}" x2="${x(at)}" y1="${HEAD - 6}" y2="${height}"/>` +
        `<text class="threshold-label" x="${x(at)}" y="${HEAD - 12}">${escapeHtml(label)}</text>`,
    );
  const rows = bars.map(({ label, value, note, state, mark }, index) => {
    const middle = HEAD + index * ROW + ROW / 2;
    const end = Math.max(value ?? 0, mark ?? 0);
    const width = ((value ?? 0) / top) * plot;
    return [
      `<text class="label" x="${LABEL_WIDTH - 12}" y="${middle}">${escapeHtml(label)}</text>`,
      value === undefined
        ? ''
        : `<rect class="bar ${state}" x="${LABEL_WIDTH}" y="${middle - BAR / 2}" width="${width.toFixed(1)}" height="${BAR}" rx="2"/>`,
      mark === undefined
        ? ''
        : `<line class="mark" x1="${x(mark)}" x2="${x(mark)}" y1="${middle - BAR / 2 - 2}" y2="${middle + BAR / 2 + 2}"/>`,
      `<text class="note" x="${(Number(x(end)) + 8).toFixed(1)}" y="${middle}">${escapeHtml(note)}</text>`,
    ].join('');
  });
  return (
    `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escapeHtml(title)}">` +
    `${lines.join('')}${rows.join('')}</svg>`
  );
}
