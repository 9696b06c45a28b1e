/** Conversations by day, site or language: those that needed no agent, and above them those that did. */
import type { QualityReport } from '@firstword/shared/quality-report';
import { amountScale, columnCentres, daysFrom, labelStep } from '../chart-scale.ts';
import { countText } from '../numbers.ts';
import { qualitySentence, qualityTexts } from '../texts/quality-texts.ts';
import { keyText } from '../texts/report-sentences.ts';
import { AmountLines, ChartFrame, ColumnLabels, Swatch } from './chart-frame.tsx';

const HEIGHT = 280;
const [TOP, BOTTOM, LEFT] = [16, HEIGHT - 28, 52];
const WIDEST_BAR = 48;

export function QualityChart({ report }: { report: QualityReport }) {
  const bars = barsOf(report);
  const { y, ticks } = amountScale(
    bars.map(({ conversations }) => conversations),
    TOP,
    BOTTOM,
  );
  return (
    <>
      <ChartFrame label={qualitySentence(report)} height={HEIGHT}>
        {(width) => {
          const centres = columnCentres(bars.length, LEFT, width);
          const barWidth = Math.min(WIDEST_BAR, ((width - LEFT) / bars.length) * 0.6);
          return (
            <>
              <AmountLines
                scale={{ y, ticks: ticks.filter(Number.isInteger) }}
                left={LEFT}
                right={width}
                text={countText}
              />
              {bars.map(({ key, conversations, withoutAgent }, index) => {
                const x = (centres[index] ?? 0) - barWidth / 2;
                const [all, alone] = [y(conversations), y(withoutAgent)];
                return (
                  <g key={key}>
                    <rect class="quality__alone" x={x} y={alone} width={barWidth} height={y(0) - alone} />
                    <rect class="quality__agent" x={x} y={all} width={barWidth} height={alone - all} />
                  </g>
                );
              })}
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

function barsOf({ by, from, to, lines }: QualityReport) {
  const known = new Map(lines.map(({ key, figures }) => [key, figures]));
  const keys = by === 'day' ? daysFrom(from, to) : [...known.keys()];
  return keys.map((key) => {
    const { conversations = 0, withoutAgent = 0 } = known.get(key) ?? {};
    return { key, conversations, withoutAgent };
  });
}
