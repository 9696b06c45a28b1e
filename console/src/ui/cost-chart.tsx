/** Cost by day, tier or model: exact cost, known minimum, and calls of unknown price. */
import type { CallTotals, CostReport } from '@firstword/shared/reports';
import { columnKeys } from '../chart-scale.ts';
import { usdText } from '../figures.ts';
import { costSentence } from '../texts/report-sentences.ts';
import { reportTexts } from '../texts/report-texts.ts';
import { Swatch } from './chart-frame.tsx';
import { ColumnChart } from './column-chart.tsx';

export function CostChart({ report }: { report: CostReport }) {
  return (
    <>
      <ColumnChart
        label={costSentence(report)}
        height={320}
        margin={{ top: 24, left: 68 }}
        by={report.by}
        columns={columnsOf(report)}
        text={usdText}
        draw={({ cost }, x, width, y) => cost && <CostBar cost={cost} x={x} width={width} y={y} />}
      />
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
    <>
      <rect class="cost__full" x={x - width / 2} y={y(fullUsd)} width={width} height={y(0) - y(fullUsd)} />
      <rect class="cost__at-least" x={x - width / 2} y={top} width={width} height={y(fullUsd) - top} />
      {unknownCalls > 0 && (
        <text class="cost__unknown" x={x} y={top - 6} text-anchor="middle">
          {reportTexts.unpriced(unknownCalls)}
        </text>
      )}
    </>
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

function columnsOf(report: CostReport) {
  const known = new Map(report.lines.map(({ key, totals }) => [key, totals.cost]));
  return columnKeys(report, known.keys()).map((key) => {
    const cost = known.get(key);
    return { key, cost, amount: cost === undefined ? 0 : cost.fullUsd + cost.outputOnlyUsd };
  });
}
