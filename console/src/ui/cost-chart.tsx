/** Cost by day, tier or model: exact cost, known minimum, and calls of unknown price. */
import type { CallTotals, CostReport } from '@firstword/shared/reports';
import { amountScale, columnCentres, daysFrom, labelStep } from '../chart-scale.ts';
import { usdText } from '../figures.ts';
import { costSentence, keyText } from '../texts/report-sentences.ts';
import { reportTexts } from '../texts/report-texts.ts';
import { AmountLines, ChartFrame, ColumnLabels, Swatch } from './chart-frame.tsx';

const HEIGHT = 320;
const [TOP, BOTTOM, LEFT] = [24, HEIGHT - 28, 68];
const WIDEST_BAR = 48;

interface Bar {
  readonly key: string;
  readonly cost: CallTotals['cost'] | undefined;
}

export function CostChart({ report }: { report: CostReport }) {
  const bars = barsOf(report);
  const { y, ticks } = amountScale(
    bars.map(({ cost }) => (cost === undefined ? 0 : cost.fullUsd + cost.outputOnlyUsd)),
    TOP,
    BOTTOM,
  );
  return (
    <>
      <ChartFrame label={costSentence(report)} height={HEIGHT}>
        {(width) => {
          const centres = columnCentres(bars.length, LEFT, width);
          const barWidth = Math.min(WIDEST_BAR, ((width - LEFT) / bars.length) * 0.6);
          return (
            <>
              <AmountLines scale={{ y, ticks }} left={LEFT} right={width} text={usdText} />
              {bars.map(({ key, cost }, index) =>
                cost === undefined ? null : (
                  <CostBar key={key} cost={cost} x={centres[index] ?? 0} width={barWidth} y={y} />
                ),
              )}
              <ColumnLabels
                labels={bars.map(({ key }) => keyText(report.by, key))}
                centres={centres}
                step={labelStep(bars.length, report.by === 'day' ? 52 : 120, width - LEFT)}
                y={HEIGHT - 8}
              />
            </>
          );
        }}
      </ChartFrame>
      <Legend cost={report.total.cost} />
    </>
  );
}

interface CostBarProps {
  readonly cost: CallTotals['cost'];
  readonly x: number;
  readonly width: number;
  readonly y: (usd: number) => number;
}

function CostBar({ cost: { fullUsd, outputOnlyUsd, unknownCalls }, x, width, y }: CostBarProps) {
  const top = y(fullUsd + outputOnlyUsd);
  return (
    <g>
      <rect class="cost__full" x={x - width / 2} y={y(fullUsd)} width={width} height={y(0) - y(fullUsd)} />
      <rect class="cost__at-least" x={x - width / 2} y={top} width={width} height={y(fullUsd) - top} />
      {unknownCalls > 0 && (
        <text class="cost__unknown" x={x} y={top - 6} text-anchor="middle">
          {reportTexts.unpriced(unknownCalls)}
        </text>
      )}
    </g>
  );
}

/** Lists only the kinds of cost that occur. */
function Legend({ cost }: { cost: CallTotals['cost'] }) {
  return (
    <ul class="legend">
      {cost.fullCalls > 0 && (
        <li>
          <Swatch name="cost__full" />
          {reportTexts.costFull}
        </li>
      )}
      {cost.outputOnlyCalls > 0 && (
        <li>
          <Swatch name="cost__at-least" />
          {reportTexts.costAtLeast}
        </li>
      )}
      {cost.unknownCalls > 0 && (
        <li>
          <span class="cost__unknown" aria-hidden="true">
            +n?
          </span>
          {reportTexts.costUnknown}
        </li>
      )}
    </ul>
  );
}

function barsOf({ by, from, to, lines }: CostReport): Bar[] {
  const known = new Map(lines.map(({ key, totals }) => [key, totals.cost]));
  const keys = by === 'day' ? daysFrom(from, to) : [...known.keys()];
  return keys.map((key) => ({ key, cost: known.get(key) }));
}
