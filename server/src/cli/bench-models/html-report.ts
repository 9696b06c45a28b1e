/** The report as a self-contained HTML page: no script, no font, no network. Pure. */
import { INTERACTIVE_TTFT_LIMIT_MS } from '@firstword/shared/catalog';
import type { ModelFigures } from '../../evaluation/model-figures.ts';
import { escapeHtml } from '../../lib/html-text.ts';
import { drawBarChart } from './bar-chart.ts';
import { REPORT_STYLE } from './html-style.ts';
import { type ModelsReport, protocolLine, remarks } from './models-report.ts';
import type { Comparison } from './reference-check.ts';
import { CHECK_COLUMNS, type Column, checkVerdict, FIGURE_COLUMNS } from './report-columns.ts';

export function writeHtml(report: ModelsReport): string {
  const { models, comparisons } = report;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Firstword · models measured</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
<main>
<header>
<h1>${escapeHtml(headline(models))}</h1>
<p class="meta">${escapeHtml(protocolLine(report))}</p>
</header>
<section>
<h2>Time to first token</h2>
<p>Mean in milliseconds. The thin mark is p95.</p>
${scrolling('Chart of the time to first token', ttftChart(models))}
<ul class="legend">
<li><i class="key interactive"></i>fast enough for a waiting visitor</li>
<li><i class="key background"></i>for background work only</li>
</ul>
</section>
<section>
<h2>Speed after it</h2>
<p>Mean tokens per second after the first token.</p>
${scrolling('Chart of the speed', speedChart(models))}
</section>
<section>
<h2>Figures</h2>
${table('Figures of each model', FIGURE_COLUMNS, models)}
${remarks(report)
  .map((remark) => `<p class="meta">${escapeHtml(remark)}</p>`)
  .join('\n')}
</section>
${comparisons === undefined ? '' : checkSection(comparisons)}
</main>
</body>
</html>
`;
}

function checkSection(comparisons: readonly Comparison[]): string {
  return `<section>
<h2>Comparison with the reference</h2>
<p>${escapeHtml(checkVerdict(comparisons))}</p>
${table('Measured and reference figures', CHECK_COLUMNS, comparisons)}
</section>`;
}

/** The result in one sentence. */
function headline(models: readonly ModelFigures[]): string {
  const answered = models.filter(({ ttft }) => ttft !== undefined).toSorted(byTtft);
  const [first] = answered;
  if (first?.ttft === undefined) return 'No model answered.';
  const interactive = answered.filter(({ tiers }) => tiers.includes('fast')).length;
  const silent = models.length - answered.length;
  return (
    `${interactive} of ${models.length} models have a TTFT of at most ${INTERACTIVE_TTFT_LIMIT_MS} ms; ` +
    `the fastest is ${first.name} with ${Math.round(first.ttft.mean)} ms.` +
    (silent > 0 ? ` ${silent} did not respond.` : '')
  );
}

function byTtft(a: ModelFigures, b: ModelFigures): number {
  return (a.ttft?.mean ?? Number.MAX_VALUE) - (b.ttft?.mean ?? Number.MAX_VALUE);
}

function stateOf({ tiers }: ModelFigures): 'interactive' | 'background' {
  return tiers.includes('fast') ? 'interactive' : 'background';
}

function ttftChart(models: readonly ModelFigures[]): string {
  return drawBarChart({
    title: 'Time to first token of each model in milliseconds. The table below has the figures.',
    thresholds: [
      { at: 200, label: '200 instant' },
      { at: INTERACTIVE_TTFT_LIMIT_MS, label: `${INTERACTIVE_TTFT_LIMIT_MS} limit` },
      { at: 800, label: '800 slow' },
    ],
    bars: models.toSorted(byTtft).map((row) => ({
      label: row.name,
      value: row.ttft?.mean,
      mark: row.ttft?.p95,
      note: row.ttft ? `${Math.round(row.ttft.mean)} ms` : 'no answer',
      state: stateOf(row),
    })),
  });
}

function speedChart(models: readonly ModelFigures[]): string {
  const speed = ({ tokensPerSecond }: ModelFigures) => tokensPerSecond?.mean;
  return drawBarChart({
    title: 'Tokens per second of each model. The table below has the figures.',
    thresholds: [],
    bars: models
      .toSorted((a, b) => (speed(b) ?? -1) - (speed(a) ?? -1))
      .map((row) => ({
        label: row.name,
        value: speed(row),
        note: speed(row)?.toFixed(1) ?? 'no figure',
        state: stateOf(row),
      })),
  });
}

/** The first column names the row. */
function table<Row>(label: string, columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const kind = ({ number }: Column<Row>) => (number ? ' class="number"' : '');
  const head = columns.map((column) => `<th scope="col"${kind(column)}>${escapeHtml(column.head)}</th>`);
  const lines = rows.map((row) => {
    const cells = columns.map((column, at) => {
      const text = escapeHtml(column.cell(row));
      return at === 0 ? `<th scope="row">${text}</th>` : `<td${kind(column)}>${text}</td>`;
    });
    return `<tr>${cells.join('')}</tr>\n`;
  });
  return scrolling(label, `<table><thead><tr>${head.join('')}</tr></thead><tbody>\n${lines.join('')}</tbody></table>`);
}

/** Scrolls on a narrow screen; focusable, so that it can be scrolled with the keyboard. */
function scrolling(label: string, content: string): string {
  return `<div class="scroll" tabindex="0" role="region" aria-label="${escapeHtml(label)}">${content}</div>`;
}
