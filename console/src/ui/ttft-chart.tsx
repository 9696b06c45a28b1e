/** TTFT by day, model, tier or region: the range from p50 to p95, with the thresholds of the perception bands. */
import { BAND_ENDS_MS } from '@firstword/shared/perception';
import type { ResponseTimeReport, TtftSummary } from '@firstword/shared/reports';
import { columnCentres, columnKeys, labelStep, ttftScale } from '../chart-scale.ts';
import { durationText } from '../figures.ts';
import { keyText, responseTimeSentence } from '../texts/report-sentences.ts';
import { FEW_SAMPLES, reportTexts } from '../texts/report-texts.ts';
import { ChartFrame, ColumnLabels } from './chart-frame.tsx';

const HEIGHT = 340;
const [TOP, BOTTOM, LEFT] = [16, HEIGHT - 28, 52];
/** Thresholds are labelled beside the columns: from this width on with their value, else with the band only. */
const FULL_NAME_MIN_PX = 640;
const [NAME_WIDTH, FULL_NAME_WIDTH] = [76, 168];
const THRESHOLDS = (['instant', 'fast', 'noticeable'] as const).map((band) => ({ band, ms: BAND_ENDS_MS[band] }));

interface Column {
  readonly key: string;
  readonly ttft: TtftSummary;
}

export function TtftChart({ report }: { report: ResponseTimeReport }) {
  const columns = columnsOf(report);
  const known = columns.flatMap(({ ttft }) => (ttft.kind === 'measured' ? [ttft.p50Ms, ttft.p95Ms] : []));
  const { y, ticks } = ttftScale(known, TOP, BOTTOM);
  return (
    <>
      <ChartFrame label={responseTimeSentence(report)} height={HEIGHT}>
        {(width) => {
          const inFull = width >= FULL_NAME_MIN_PX;
          const right = width - (inFull ? FULL_NAME_WIDTH : NAME_WIDTH);
          const centres = columnCentres(columns.length, LEFT, right);
          const step = labelStep(columns.length, report.by === 'day' ? 52 : 120, right - LEFT);
          return (
            <>
              {ticks.map((ms) => (
                <g key={ms}>
                  <line class="chart__grid" x1={LEFT} x2={width} y1={y(ms)} y2={y(ms)} />
                  <text class="chart__tick" x={LEFT - 8} y={y(ms) + 4} text-anchor="end">
                    {durationText(ms)}
                  </text>
                </g>
              ))}
              {THRESHOLDS.map(({ band, ms }) => (
                <g key={band} class={`threshold threshold--${band}`}>
                  <line x1={LEFT} x2={width} y1={y(ms)} y2={y(ms)} />
                  <text x={right + 8} y={y(ms) + 14}>
                    {inFull
                      ? reportTexts.bandBelow(reportTexts.bands[band], durationText(ms))
                      : reportTexts.bands[band]}
                  </text>
                </g>
              ))}
              {columns.map((column, index) => (
                <TtftColumn key={column.key} column={column} x={centres[index] ?? 0} y={y} by={report.by} />
              ))}
              <ColumnLabels
                labels={columns.map(({ key }) => keyText(report.by, key))}
                centres={centres}
                step={step}
                y={HEIGHT - 8}
              />
            </>
          );
        }}
      </ChartFrame>
      <ul class="legend">
        <li>
          <svg width="14" height="12" aria-hidden="true">
            <circle class="ttft__p50" cx="7" cy="6" r="4" />
          </svg>
          {reportTexts.p50}
        </li>
        <li>
          <svg width="14" height="12" aria-hidden="true">
            <path class="ttft__p75" d="M3 6h8" />
          </svg>
          {reportTexts.p75}
        </li>
        <li>
          <svg width="14" height="12" aria-hidden="true">
            <path class="ttft__span" d="M7 12V2M3 2h8" />
          </svg>
          {reportTexts.p95}
        </li>
        {columns.some(({ ttft }) => isFew(ttft)) && <li>{reportTexts.few(FEW_SAMPLES)}</li>}
      </ul>
    </>
  );
}

interface TtftColumnProps {
  readonly column: Column;
  readonly x: number;
  readonly y: (ms: number) => number;
  readonly by: string;
}

function TtftColumn({ column: { key, ttft }, x, y, by }: TtftColumnProps) {
  if (ttft.kind === 'no-data') return null;
  const { p50Ms, p75Ms, p95Ms, samples } = ttft;
  return (
    <g class={isFew(ttft) ? 'ttft ttft--few' : 'ttft'}>
      <title>{`${keyText(by, key)}: ${[p50Ms, p75Ms, p95Ms].map(durationText).join(' · ')} (${samples})`}</title>
      <path class="ttft__span" d={`M${x} ${y(p50Ms)}V${y(p95Ms)}M${x - 5} ${y(p95Ms)}h10`} />
      <path class="ttft__p75" d={`M${x - 4} ${y(p75Ms)}h8`} />
      <circle class="ttft__p50" cx={x} cy={y(p50Ms)} r="4" />
    </g>
  );
}

function isFew(ttft: TtftSummary): boolean {
  return ttft.kind === 'measured' && ttft.samples < FEW_SAMPLES;
}

/** Days without data are empty columns. */
function columnsOf(report: ResponseTimeReport): Column[] {
  const known = new Map(report.lines.map(({ key, figures }) => [key, figures.ttft]));
  return columnKeys(report, known.keys()).map((key) => ({ key, ttft: known.get(key) ?? { kind: 'no-data' } }));
}
