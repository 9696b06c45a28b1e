/** A benchmark as CSV: a row for each model, and empty cells for figures that it does not have. Pure. */
import type { Benchmark, BenchmarkLine } from '@firstword/shared/benchmark';
import { toCsv } from '@firstword/shared/csv';

const COLUMNS: Readonly<Record<string, (line: BenchmarkLine) => string | number | undefined>> = {
  model: ({ modelId }) => modelId,
  endpoint: ({ endpointId }) => endpointId,
  region: ({ region }) => region,
  asked: ({ asked }) => asked,
  answered: ({ answered }) => answered,
  ttft_p50_ms: ({ ttft }) => ttft?.p50,
  ttft_p95_ms: ({ ttft }) => ttft?.p95,
  reference_ttft_ms: ({ reference }) => reference?.ttftMs,
  tokens_per_second: ({ tokensPerSecond }) => tokensPerSecond,
  reference_tokens_per_second: ({ reference }) => reference?.tokensPerSecond,
  output_tokens: ({ outputTokens }) => outputTokens,
  tokens_estimated: ({ estimated }) => (estimated ? 'yes' : 'no'),
  usd: ({ usd }) => usd,
  cost_complete: ({ costIsComplete }) => (costIsComplete ? 'yes' : 'no'),
  errors: ({ errors }) =>
    Object.entries(errors)
      .map(([code, times]) => `${code}:${times}`)
      .join(' '),
};

export function benchmarkCsv({ lines }: Pick<Benchmark, 'lines'>): string {
  const rows = lines.map((line) => Object.values(COLUMNS).map((read) => String(read(line) ?? '')));
  return toCsv([Object.keys(COLUMNS), ...rows]);
}
