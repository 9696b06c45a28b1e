/** Charts and tables, with figures and without. */
import { CostChart } from '../src/ui/cost-chart.tsx';
import { CostFiguresPart } from '../src/ui/cost-figures.tsx';
import { FigureTable } from '../src/ui/figure-table.tsx';
import { QualityChart } from '../src/ui/quality-chart.tsx';
import { TtftChart } from '../src/ui/ttft-chart.tsx';
import { emptyReports, shopReports } from '../test/shop-reports.ts';
import { LONG_TEXT, RTL_TEXT, Sample } from './sample.tsx';

const REPORTS = [
  ['with figures', shopReports(Date.now(), [])],
  ['empty', emptyReports(Date.now())],
] as const;

export function ChartSamples() {
  return (
    <div class="report">
      {REPORTS.map(([name, { responseTime, cost, quality }]) => (
        <>
          <Sample name={`Response time, ${name}`}>
            <TtftChart report={responseTime} />
          </Sample>
          <Sample name={`Cost, ${name}`}>
            <CostChart report={cost} />
          </Sample>
          <Sample name={`Quality, ${name}`}>
            <QualityChart report={quality} />
          </Sample>
        </>
      ))}
      <Sample name="Figures of the cost">
        <CostFiguresPart figures={shopReports(Date.now(), []).cost.figures} />
      </Sample>
      <Sample name="Table with long and right-to-left names">
        <FigureTable
          csv
          caption="Topics"
          columns={['Topic', 'Conversations', 'Share', 'Reopened', 'First response', 'Satisfaction']}
          rows={[
            { key: 'long', name: LONG_TEXT, cells: ['1,204', '12 %', '7', '4 min 12 s', '4.3 of 5'] },
            { key: 'rtl', name: RTL_TEXT, cells: ['3', '0 %', '–', '–', '–'] },
          ]}
          total={{ name: 'Total', cells: ['1,207', '12 %', '7', '4 min 12 s', '4.3 of 5'] }}
        />
      </Sample>
    </div>
  );
}
