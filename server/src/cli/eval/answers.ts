/** Runs answer cases against a model: how many pass, whether the citations are right, how fast and at what cost. */
import { compareRuns, type RunComparison } from '@firstword/shared/compare-runs';
import { faultText } from '@firstword/shared/judged-case';
import type { Config } from '../../config/config.ts';
import { createReplyCheck } from '../../conversation/asked-question.ts';
import { type AskForCase, judgeCases } from '../../evaluation/judge-cases.ts';
import type { CallRow } from '../../gateway/chat-call.ts';
import { createKnowledge } from '../../knowledge/knowledge.ts';
import { UsageError } from '../../lib/command-line.ts';
import { type FileCase, readAnswerCases } from './answer-cases.ts';
import { type JudgedFileCase, readRun, writeRun } from './answer-runs.ts';
import { readEvalArticles } from './articles.ts';
import { createAskedProduct, EVAL_SITE } from './ask-product.ts';
import { percentile, rounded, share, table } from './figures.ts';
import { usdOf } from './usd.ts';

export interface AnswersOptions {
  /** Tiers, models and prices. */
  readonly config: Config;
  readonly endpoint: string;
  readonly kb: readonly string[];
  readonly cases: string;
  readonly limit?: number;
  /** Writes the run here. */
  readonly out?: string;
  /** An earlier run. */
  readonly compare?: string;
  readonly onProgress: (done: number, of: number) => void;
}

export interface AnswersReport {
  readonly cases: number;
  readonly passed: number;
  readonly passRate: number;
  /** Of the cases that name articles: those whose answer cites all of them. */
  readonly citationsRight: number;
  readonly citationsAsked: number;
  /** Answers with a sentence that no article supports. */
  readonly withUnsupported: number;
  readonly serverTtftMs: { readonly p50: number; readonly p95: number; readonly max: number };
  readonly usdPer1000: number;
  readonly costIsComplete: boolean;
  readonly byLanguage: Readonly<Record<string, { readonly cases: number; readonly passed: number }>>;
  readonly failed: readonly JudgedFileCase[];
  readonly comparison?: RunComparison<JudgedFileCase>;
  /** False when a case of the earlier run got worse. */
  readonly held: boolean;
}

const AT_ONCE = 4;

/** @throws UsageError when a file is invalid, or no case was answered */
export async function evaluateAnswers(options: AnswersOptions): Promise<AnswersReport> {
  const { config, endpoint, limit, out, compare, onProgress } = options;
  const articles = (await Promise.all(options.kb.map(readEvalArticles))).flat();
  const knowledge = createKnowledge(articles);
  const cases = readAnswerCases(options.cases, new Set(articles.map(({ id }) => id))).slice(0, limit);
  const before = compare === undefined ? undefined : readRun(compare);
  const rows: CallRow[] = [];
  const product = createAskedProduct({ config, endpoint, knowledge, onCall: (row) => rows.push(row) });
  try {
    const check = createReplyCheck({ site: EVAL_SITE, knowledgeOf: () => knowledge });
    const ask: AskForCase = async (text, history) => check(await product.ask('speculative', text, history));
    const judged = await judgeAll(cases, ask, onProgress);
    if (judged.every(({ kind }) => kind === 'failed'))
      throw new UsageError(`${endpoint}: no case was answered. The first failure: ${judged[0]?.text}`);
    if (out !== undefined) writeRun(out, judged);
    return reportOf(judged, rows, config, before);
  } finally {
    await product.close();
  }
}

/** In the order of the file. */
async function judgeAll(
  cases: readonly FileCase[],
  ask: AskForCase,
  onProgress: AnswersOptions['onProgress'],
): Promise<JudgedFileCase[]> {
  const judged: JudgedFileCase[] = [];
  let done = 0;
  await judgeCases(cases, {
    ask,
    atOnce: AT_ONCE,
    onJudged({ found: _, ...of }, index) {
      const faults = of.faults.map((fault) => faultText(fault, of.kind));
      judged[index] = { ...of, lang: cases[index]?.lang ?? '', faults };
      onProgress(++done, cases.length);
    },
  });
  return judged;
}

function reportOf(
  judged: readonly JudgedFileCase[],
  rows: readonly CallRow[],
  config: Config,
  before: readonly JudgedFileCase[] | undefined,
): AnswersReport {
  const failed = judged.filter(({ faults }) => faults.length > 0);
  const citing = judged.filter(({ citesRight }) => citesRight !== undefined);
  const ttfts = judged.flatMap(({ serverTtftMs }) => serverTtftMs ?? []);
  const comparison = before && compareRuns(before, judged);
  if (comparison?.compared === 0) throw new UsageError('The two runs have no case in common.');
  const { usd, isComplete } = usdOf(rows, config);
  return {
    cases: judged.length,
    passed: judged.length - failed.length,
    passRate: rounded(share(judged.length - failed.length, judged.length)),
    citationsRight: citing.filter(({ citesRight }) => citesRight).length,
    citationsAsked: citing.length,
    withUnsupported: judged.filter(({ unsupported }) => unsupported.length > 0).length,
    serverTtftMs: {
      p50: rounded(percentile(ttfts, 0.5), 0),
      p95: rounded(percentile(ttfts, 0.95), 0),
      max: rounded(percentile(ttfts, 1), 0),
    },
    usdPer1000: rounded((1000 * usd) / judged.length, 4),
    costIsComplete: isComplete,
    byLanguage: byLanguageOf(judged),
    failed,
    ...(comparison && { comparison }),
    held: comparison === undefined || comparison.worse.length === 0,
  };
}

function byLanguageOf(judged: readonly JudgedFileCase[]): AnswersReport['byLanguage'] {
  const figures: Record<string, { cases: number; passed: number }> = {};
  for (const { lang, faults } of judged) {
    const { cases, passed } = figures[lang] ?? { cases: 0, passed: 0 };
    figures[lang] = { cases: cases + 1, passed: passed + (faults.length === 0 ? 1 : 0) };
  }
  return figures;
}

export function showAnswers(report: AnswersReport): string {
  const { cases, passed, passRate, citationsRight, citationsAsked, serverTtftMs, comparison } = report;
  const percent = `${(passRate * 100).toFixed(1)} %`;
  const listed = (name: string, list: readonly JudgedFileCase[]) =>
    list.map(({ id, faults }) => `${name} ${id}${faults.length === 0 ? '' : `: ${faults.join('; ')}`}`);
  return [
    `${passed} of ${cases} cases passed (${percent})`,
    `citations right in ${citationsRight} of ${citationsAsked}; ${report.withUnsupported} answers with an unsupported sentence`,
    `TTFT at the server p50 ${serverTtftMs.p50} ms, p95 ${serverTtftMs.p95} ms, max ${serverTtftMs.max} ms`,
    `US$ ${report.costIsComplete ? '' : '≥ '}${report.usdPer1000.toFixed(4)} per 1,000 cases`,
    table([
      ['language', 'cases', 'passed'],
      ...Object.entries(report.byLanguage).map(([lang, figures]) => [lang || '–', figures.cases, figures.passed]),
    ]),
    ...listed('failed', report.failed),
    ...(comparison === undefined
      ? []
      : [
          `compared ${comparison.compared} cases: ${comparison.worse.length} worse, ${comparison.better.length} better`,
          ...listed('worse', comparison.worse),
          ...listed('better', comparison.better),
          ...comparison.missing.map((id) => `not asked: ${id}`),
        ]),
  ].join('\n');
}
