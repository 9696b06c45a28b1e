/** An SVG drawn at the width of its container, so that text isn't scaled down on a phone. */
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

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
