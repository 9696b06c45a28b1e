/** The Response time page: TTFT, visit completion and triage corrections. */
import { PERCEPTION_BANDS } from '@firstword/shared/perception';
import type { ResponseTimeReport, TtftFigures } from '@firstword/shared/reports';
import { durationText } from '../figures.ts';
import { countText, shareText } from '../numbers.ts';
import { burnText, keyText, outsideLimitText, responseTimeSentence } from '../texts/report-sentences.ts';
import { reportTexts } from '../texts/report-texts.ts';
import type { Workspace } from '../workspace.ts';
import { AlertsPart } from './alerts-part.tsx';
import { CorrectionsPart } from './corrections-part.tsx';
import { FeedPart } from './feed-part.tsx';
import { FigureTable } from './figure-table.tsx';
import { ModelsPart } from './models-part.tsx';
import { ReportFrame } from './report-frame.tsx';
import { TtftChart } from './ttft-chart.tsx';

export function ResponseTimePage({ workspace }: { workspace: Workspace }) {
  const { reports, models } = workspace;
  return (
    <ReportFrame
      title={reportTexts['response-time']}
      resource={reports.responseTime}
      keys={reportTexts.groupings}
      sites={reports.responseTime.response.value?.sites ?? []}
      sentence={responseTimeSentence}
    >
      {(report) => (
        <>
          <AlertsPart workspace={workspace} kinds={['response-time', 'models-down']} />
          {report.total.ttft.kind === 'no-data' ? (
            <p class="report__empty">{reportTexts.ttftEmpty}</p>
          ) : (
            <TtftPart report={report} />
          )}
          <OutsideLimits report={report} />
          <Completion report={report} />
          <ModelsPart models={models} />
          <FeedPart workspace={workspace} />
          <CorrectionsPart verdicts={reports.verdicts} />
        </>
      )}
    </ReportFrame>
  );
}

function TtftPart({ report }: { report: ResponseTimeReport }) {
  const { samples, p50, p75, p95 } = reportTexts.ttftColumns;
  return (
    <section class="report__part">
      <h2>{reportTexts.ttftTitle}</h2>
      <TtftChart report={report} />
      <dl class="burn">
        <div>
          <dt>{reportTexts.burnHour}</dt>
          <dd>{burnText(report.burn.hour)}</dd>
        </div>
        <div>
          <dt>{reportTexts.burnDay}</dt>
          <dd>{burnText(report.burn.day)}</dd>
        </div>
      </dl>
      <FigureTable
        csv
        caption={reportTexts.ttftTitle}
        columns={[
          reportTexts.groupings[report.by],
          samples,
          p50,
          p75,
          p95,
          ...PERCEPTION_BANDS.map((band) => reportTexts.bands[band]),
        ]}
        rows={report.lines.map(({ key, figures }) => ({
          key,
          name: keyText(report.by, key),
          cells: cellsOf(figures),
        }))}
        total={{ name: reportTexts.total, cells: cellsOf(report.total) }}
      />
    </section>
  );
}

function cellsOf({ ttft, bands }: TtftFigures): string[] {
  if (ttft.kind === 'no-data') return [reportTexts.noData, ...Array.from({ length: 7 }, () => '–')];
  return [
    countText(ttft.samples),
    ...[ttft.p50Ms, ttft.p75Ms, ttft.p95Ms].map(durationText),
    ...PERCEPTION_BANDS.map((band) => (bands === undefined ? '–' : shareText(bands[band].share))),
  ];
}

function OutsideLimits({ report: { outsideLimits } }: { report: ResponseTimeReport }) {
  if (outsideLimits.length === 0) return null;
  return (
    <section class="report__part">
      <h2>{reportTexts.outsideLimits}</h2>
      <p class="report__quiet">{reportTexts.outsideLimitsHint}</p>
      <ul>
        {outsideLimits.map((limit) => (
          <li key={outsideLimitText(limit)}>{outsideLimitText(limit)}</li>
        ))}
      </ul>
    </section>
  );
}

function Completion({ report: { completion } }: { report: ResponseTimeReport }) {
  const { band: name, visits: count, completed: ended, share: part, returned: back } = reportTexts.completionColumns;
  return (
    <section class="report__part">
      <h2>{reportTexts.completion}</h2>
      <p class="report__quiet">{reportTexts.completionHint}</p>
      {completion.every(({ visits }) => visits === 0) ? (
        <p class="report__empty">{reportTexts.completionEmpty}</p>
      ) : (
        <FigureTable
          csv
          caption={reportTexts.completion}
          columns={[name, count, ended, part, back]}
          rows={completion.map(({ band, visits, completed, share, returnedShare }) => ({
            key: band,
            name: (
              <>
                {reportTexts.bands[band]} <span class="figures__aside">{reportTexts.bandRanges[band]}</span>
              </>
            ),
            cells: [
              countText(visits),
              countText(completed),
              share === undefined ? reportTexts.noData : shareText(share),
              returnedShare === undefined ? '–' : shareText(returnedShare),
            ],
          }))}
        />
      )}
    </section>
  );
}
