/** The columns of the report's two tables, for terminal and page. Pure. */
import type { ModelFigures } from '../../evaluation/model-figures.ts';
import { CHECK_TOLERANCE, type Comparison } from './reference-check.ts';

export interface Column<Row> {
  readonly head: string;
  /** Numbers are right-aligned. */
  readonly number: boolean;
  readonly cell: (row: Row) => string;
}

const NONE = '–';

export const FIGURE_COLUMNS: readonly Column<ModelFigures>[] = [
  { head: 'model', number: false, cell: ({ name }) => name },
  { head: 'TTFT ms', number: true, cell: ({ ttft }) => whole(ttft?.mean) },
  { head: 'p50', number: true, cell: ({ ttft }) => whole(ttft?.p50) },
  { head: 'p95', number: true, cell: ({ ttft }) => whole(ttft?.p95) },
  { head: 'tokens/s', number: true, cell: (row) => aboutTokens(row, row.tokensPerSecond?.mean.toFixed(1)) },
  { head: 'tokens', number: true, cell: (row) => aboutTokens(row, row.outputTokens?.toFixed(0)) },
  { head: '$/M out', number: true, cell: ({ outputUsdPerMillion: price }) => price?.toFixed(2) ?? NONE },
  { head: 'price class', number: false, cell: ({ priceClass }) => priceClass ?? NONE },
  { head: 'feels', number: false, cell: ({ perception }) => perception ?? NONE },
  { head: 'fit for', number: false, cell: ({ tiers }) => tiers.join(', ') || NONE },
  { head: 'errors', number: false, cell: ({ errors }) => errorWords(errors) || NONE },
];

export const CHECK_COLUMNS: readonly Column<Comparison>[] = [
  { head: 'model', number: false, cell: ({ modelId }) => modelId },
  { head: 'figure', number: false, cell: ({ figure }) => (figure === 'ttft' ? 'TTFT ms' : 'tokens/s') },
  { head: 'reference', number: true, cell: ({ reference }) => String(reference) },
  { head: 'median', number: true, cell: ({ measured }) => measured?.toFixed(1) ?? NONE },
  { head: 'deviation', number: true, cell: ({ deviation }) => percent(deviation) },
  { head: 'result', number: false, cell: ({ within }) => (within ? 'within' : 'off') },
];

/** The result of a check in one sentence. */
export function checkVerdict(comparisons: readonly Comparison[]): string {
  const off = comparisons.filter(({ within }) => !within).length;
  const limit = `${CHECK_TOLERANCE * 100} %`;
  if (comparisons.length === 0) return 'Nothing to check: none of these models has a reference figure here.';
  return off === 0
    ? `All ${comparisons.length} figures are within ${limit} of the reference.`
    : `${off} of ${comparisons.length} figures are more than ${limit} off the reference.`;
}

/** Marks estimates. */
function aboutTokens({ estimated }: ModelFigures, figure: string | undefined): string {
  return figure === undefined ? NONE : `${estimated ? '~' : ''}${figure}`;
}

function errorWords(errors: ModelFigures['errors']): string {
  return Object.entries(errors)
    .map(([code, times]) => `${code} ×${times}`)
    .join(', ');
}

function whole(value: number | undefined): string {
  return value === undefined ? NONE : String(Math.round(value));
}

function percent(share: number | undefined): string {
  return share === undefined ? NONE : `${share > 0 ? '+' : ''}${(share * 100).toFixed(1)} %`;
}
