/** The report as lines of text for a terminal. Pure. */
import { type ModelsReport, protocolLine, remarks } from './models-report.ts';
import { CHECK_COLUMNS, type Column, checkVerdict, FIGURE_COLUMNS } from './report-columns.ts';

export function writeTable(report: ModelsReport): string {
  const { models, comparisons } = report;
  const lines = [protocolLine(report), '', ...tableLines(FIGURE_COLUMNS, models), '', ...remarks(report)];
  if (comparisons !== undefined)
    lines.push('', ...tableLines(CHECK_COLUMNS, comparisons), '', checkVerdict(comparisons));
  return `${lines.join('\n')}\n`;
}

function tableLines<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string[] {
  const cells = [columns.map(({ head }) => head), ...rows.map((row) => columns.map(({ cell }) => cell(row)))];
  const widths = columns.map((_, at) => Math.max(...cells.map((line) => line[at]?.length ?? 0)));
  return cells.map((line) =>
    columns
      .map(({ number }, at) => (line[at] ?? '')[number ? 'padStart' : 'padEnd'](widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
