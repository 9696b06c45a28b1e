/** A chart of amounts by day or another key: one column a key, drawn by the caller on a shared scale. */
import type { ComponentChildren } from 'preact';
import { amountScale, columnCentres, labelStep } from '../chart-scale.ts';
import { keyText } from '../texts/report-sentences.ts';
import { AmountLines, ChartFrame, ColumnLabels } from './chart-frame.tsx';

const LABELS_HEIGHT = 28;
const WIDEST_COLUMN = 48;
/** Space for the label of a day, and of any other key. */
const [DAY_PX, KEY_PX] = [52, 120];

export interface Column {
  readonly key: string;
  /** Its height. */
  readonly amount: number;
}

export interface ColumnChartProps<ShownColumn extends Column> {
  /** The text alternative. */
  readonly label: string;
  readonly height: number;
  /** Space above the highest column, and at the left for the amounts. */
  readonly margin: { readonly top: number; readonly left: number };
  /** What the keys are, such as `day`. */
  readonly by: string;
  readonly columns: readonly ShownColumn[];
  readonly text: (amount: number) => string;
  /** Counts have no line between two whole numbers. */
  readonly hasWholeTicks?: boolean;
  /** `x`: the centre. */
  readonly draw: (column: ShownColumn, x: number, width: number, y: (amount: number) => number) => ComponentChildren;
}

export function ColumnChart<ShownColumn extends Column>(props: ColumnChartProps<ShownColumn>) {
  const { label, height, by, columns, text, hasWholeTicks = false, draw } = props;
  const { top, left } = props.margin;
  const { y, ticks } = amountScale(
    columns.map(({ amount }) => amount),
    top,
    height - LABELS_HEIGHT,
  );
  const shownTicks = hasWholeTicks ? ticks.filter(Number.isInteger) : ticks;
  return (
    <ChartFrame label={label} height={height}>
      {(width) => {
        const centres = columnCentres(columns.length, left, width);
        const columnWidth = Math.min(WIDEST_COLUMN, ((width - left) / columns.length) * 0.6);
        return (
          <>
            <AmountLines scale={{ y, ticks: shownTicks }} left={left} right={width} text={text} />
            {columns.map((column, index) => (
              <g key={column.key}>{draw(column, centres[index] ?? 0, columnWidth, y)}</g>
            ))}
            <ColumnLabels
              labels={columns.map(({ key }) => keyText(by, key))}
              centres={centres}
              step={labelStep(columns.length, by === 'day' ? DAY_PX : KEY_PX, width - left)}
              y={height - 8}
            />
          </>
        );
      }}
    </ChartFrame>
  );
}
