/** Conversations by day, site or language: those that needed no agent, and above them those that did. */
import type { QualityReport } from '@firstword/shared/quality-report';
import { columnKeys } from '../chart-scale.ts';
import { countText } from '../numbers.ts';
import { qualitySentence, qualityTexts } from '../texts/quality-texts.ts';
import { Swatch } from './chart-frame.tsx';
import { ColumnChart } from './column-chart.tsx';

export function QualityChart({ report }: { report: QualityReport }) {
  return (
    <>
      <ColumnChart
        label={qualitySentence(report)}
        height={280}
        margin={{ top: 16, left: 52 }}
        by={report.by}
        columns={columnsOf(report)}
        text={countText}
        hasWholeTicks
        draw={({ amount, withoutAgent }, centre, width, y) => {
          const x = centre - width / 2;
          const [all, alone] = [y(amount), y(withoutAgent)];
          return (
            <>
              <rect class="quality__alone" x={x} y={alone} width={width} height={y(0) - alone} />
              <rect class="quality__agent" x={x} y={all} width={width} height={alone - all} />
            </>
          );
        }}
      />
      <ul class="legend">
        <li>
          <Swatch name="quality__alone" />
          {qualityTexts.withoutAgent}
        </li>
        <li>
          <Swatch name="quality__agent" />
          {qualityTexts.withAgent}
        </li>
      </ul>
    </>
  );
}

function columnsOf(report: QualityReport) {
  const known = new Map(report.lines.map(({ key, figures }) => [key, figures]));
  return columnKeys(report, known.keys()).map((key) => {
    const { conversations = 0, withoutAgent = 0 } = known.get(key) ?? {};
    return { key, amount: conversations, withoutAgent };
  });
}
