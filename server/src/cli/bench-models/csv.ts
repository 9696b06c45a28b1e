/** The models' figures as CSV (RFC 4180): a header, a row per model, and empty cells for missing figures. */
import { toCsv } from '@firstword/shared/csv';
import type { ModelFigures } from '../../evaluation/model-figures.ts';

type Cell = string | number | undefined;

const COLUMNS: Readonly<Record<string, (row: ModelFigures) => Cell>> = {
  model: ({ id }) => id,
  name: ({ name }) => name,
  provider: ({ provider }) => provider,
  runs: ({ runs }) => runs,
  ttft_mean_ms: ({ ttft }) => ttft?.mean,
  ttft_p50_ms: ({ ttft }) => ttft?.p50,
  ttft_p95_ms: ({ ttft }) => ttft?.p95,
  tokens_per_second: ({ tokensPerSecond }) => tokensPerSecond?.mean,
  output_tokens: ({ outputTokens }) => outputTokens,
  estimated: ({ estimated }) => (estimated ? 'yes' : 'no'),
  output_usd_per_million: ({ outputUsdPerMillion }) => outputUsdPerMillion,
  price_class: ({ priceClass }) => priceClass,
  perception: ({ perception }) => perception,
  tiers: ({ tiers }) => tiers.join(' '),
  errors: ({ errors }) =>
    Object.entries(errors)
      .map(([code, times]) => `${code}:${times}`)
      .join(' '),
};

export function writeCsv(models: readonly ModelFigures[]): string {
  const rows = models.map((row) => Object.values(COLUMNS).map((read) => String(read(row) ?? '')));
  return toCsv([Object.keys(COLUMNS), ...rows]);
}
