/** A drawing that is as wide as its place, so that its words keep their size on a phone. */
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

export interface ChartFrameProps {
  /** What a screen reader hears instead; the table below holds the figures. */
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
  /** Every how many-th is written. */
  readonly step: number;
  readonly y: number;
}

/** What stands below the columns; the last one is always written, because it is today. */
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
