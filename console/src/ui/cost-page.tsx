/** The Cost page: model call cost, today's budgets and the kill switch. */
import type { CallTotals, CostReport } from '@firstword/shared/reports';
import { usdText } from '../figures.ts';
import { countText, shareText } from '../numbers.ts';
import { costSentence, keyText } from '../texts/report-sentences.ts';
import { reportTexts } from '../texts/report-texts.ts';
import type { Workspace } from '../workspace.ts';
import { AlertsPart } from './alerts-part.tsx';
import { BudgetsPart } from './budgets-part.tsx';
import { CostChart } from './cost-chart.tsx';
import { CostFiguresPart } from './cost-figures.tsx';
import { FigureTable } from './figure-table.tsx';
import { ReportFrame } from './report-frame.tsx';

export function CostPage({ workspace }: { workspace: Workspace }) {
  const { cost } = workspace.reports;
  return (
    <ReportFrame
      title={reportTexts.cost}
      resource={cost}
      keys={reportTexts.costGroupings}
      sites={cost.response.value?.sites ?? []}
      allSites
      sentence={costSentence}
    >
      {(report) => (
        <>
          <AlertsPart workspace={workspace} kinds={['budget-near', 'budget-reached']} />
          {report.total.calls === 0 ? (
            <p class="report__empty">{reportTexts.costEmpty}</p>
          ) : (
            <>
              <CostPart report={report} />
              <CostFiguresPart figures={report.figures} />
            </>
          )}
          <BudgetsPart workspace={workspace} />
        </>
      )}
    </ReportFrame>
  );
}

function CostPart({ report }: { report: CostReport }) {
  const { calls, share, failed, aborted, input, output, full, atLeast, unknown } = reportTexts.costColumns;
  return (
    <section class="report__part">
      <h2>{reportTexts.costTitle}</h2>
      <CostChart report={report} />
      <FigureTable
        csv
        caption={reportTexts.costTitle}
        columns={[
          reportTexts.costGroupings[report.by],
          full,
          atLeast,
          unknown,
          calls,
          share,
          failed,
          aborted,
          input,
          output,
        ]}
        rows={report.lines.map(({ key, share: part, totals }) => ({
          key,
          name: keyText(report.by, key),
          cells: cellsOf(totals, part),
        }))}
        total={{ name: reportTexts.total, cells: cellsOf(report.total, 1) }}
      />
    </section>
  );
}

/** A kind of cost that doesn't occur is a dash, never a zero. */
function cellsOf({ cost, ...totals }: CallTotals, share: number): string[] {
  return [
    cost.fullCalls === 0 ? '–' : usdText(cost.fullUsd),
    cost.outputOnlyCalls === 0 ? '–' : usdText(cost.outputOnlyUsd),
    cost.unknownCalls === 0 ? '–' : countText(cost.unknownCalls),
    countText(totals.calls),
    shareText(share),
    countText(totals.failedCalls),
    countText(totals.abortedCalls),
    countText(totals.promptTokens),
    countText(totals.completionTokens),
  ];
}
