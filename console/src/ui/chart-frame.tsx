/** An SVG drawn at the width of its container, so that text isn't scaled down on a phone. */
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Scale } from '../chart-scale.ts';

export interface ChartFrameProps {
  /** The text alternative. The figures are in the table below the chart. */
  readonly label: string;
  readonly height: number;
  readonly children: (width: number) => ComponentChildren;
}

export function ChartFrame({ label, height, children }: ChartFrameProps) {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const { current } = box;
    if (current === null) return;
    const observer = new ResizeObserver(() => setWidth(current.clientWidth));
    observer.observe(current);
    setWidth(current.clientWidth);
    return () => observer.disconnect();
  }, []);
  return (
    <div class="chart" ref={box}>
      {width > 0 && (
        <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
          {children(width)}
        </svg>
      )}
    </div>
  );
}

export interface AmountLinesProps {
  readonly scale: Scale;
  readonly left: number;
  readonly right: number;
  readonly text: (amount: number) => string;
}

/** The horizontal lines of a chart of amounts, each with its amount at the left. */
export function AmountLines({ scale: { y, ticks }, left, right, text }: AmountLinesProps) {
  return (
    <>
      {ticks.map((amount) => (
        <g key={amount}>
          <line class="chart__grid" x1={left} x2={right} y1={y(amount)} y2={y(amount)} />
          <text class="chart__tick" x={left - 8} y={y(amount) + 4} text-anchor="end">
            {text(amount)}
          </text>
        </g>
      ))}
    </>
  );
}

/** A sample of a bar, for a legend. */
export function Swatch({ name }: { name: string }) {
  return (
    <svg width="14" height="12" aria-hidden="true">
      <rect class={name} x="1" y="1" width="12" height="10" />
    </svg>
  );
}

export interface ColumnLabelsProps {
  readonly labels: readonly string[];
  readonly centres: readonly number[];
  /** Every n-th label is shown. */
  readonly step: number;
  readonly y: number;
}

/** The labels below the columns. The last one is always shown: in a report by day, it is today. */
export function ColumnLabels({ labels, centres, step, y }: ColumnLabelsProps) {
  return (
    <g class="chart__labels">
      {labels.map((label, index) =>
        (labels.length - 1 - index) % step === 0 ? (
          <text key={label} x={centres[index]} y={y} text-anchor="middle">
            {label}
          </text>
        ) : null,
      )}
    </g>
  );
}
