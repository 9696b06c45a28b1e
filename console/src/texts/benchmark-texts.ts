/** Texts of benchmarks on the Models page. Pure. */
import { countText } from '../numbers.ts';
import { countOf } from './common-texts.ts';
import { type Texts, translated } from './translated.ts';

const english = {
  title: 'Benchmark',
  hint: 'Each model explains recursion in 200 words, as often as you choose. It measures TTFT as visitors see it: up to the first visible text.',
  notRead: 'The benchmarks couldn’t be loaded.',
  noModels: 'No model is in use. Connect an endpoint first.',
  models: 'Models to measure',
  questions: 'Questions for each model',
  atOnce: 'Models at the same time',
  estimate: (usd: string) => `It costs at most ${usd}.`,
  pricesUnknown: (models: number) =>
    `Some prices of ${countOf(models, 'model', 'models')} aren’t known: unknown input counts like output, and a model without any price like your most expensive one.`,
  mayEndEarly: 'That is more than the limit, so the benchmark may end before all questions are asked.',
  start: 'Start benchmark',
  progress: (done: number, total: number) => `${countText(done)} of ${countOf(total, 'question', 'questions')}`,
  runs: 'Run',
  nothing: 'No other run',
  results: 'Results',
  none: 'No benchmark has been run yet. Its results will appear here.',
  columns: {
    model: 'Model',
    p50: 'TTFT p50',
    p95: 'TTFT p95',
    speed: 'Tokens/s',
    answered: 'Answered',
    cost: 'Cost',
    errors: 'Errors',
  },
  referenceHint: (figure: string) => `reference ${figure}`,
  estimatedHint: '~ The endpoint reported no token counts, so these are estimates.',
  givenUp: 'not asked further after three failures in a row',
  comparison: 'Comparison',
  noCommon: 'The two runs have no model in common.',
  comparedColumns: { p50: 'TTFT p50', p95: 'TTFT p95', speed: 'Tokens/s', failed: 'Failed' },
  conflict: 'Another benchmark is running. It is shown below.',
} as const;
export type BenchmarkTexts = Texts<typeof english>;
export const benchmarkTexts = translated<BenchmarkTexts>('benchmark', english);
