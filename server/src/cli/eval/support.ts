/** Evaluates the sentence check: invented sentences that it lets pass, and true ones that it marks. */

import { z } from 'zod';
import { findForQuestion } from '../../knowledge/find-for-question.ts';
import { createKnowledge } from '../../knowledge/knowledge.ts';
import { createSupportChecker } from '../../knowledge/support.ts';
import { UsageError } from '../../lib/command-line.ts';
import { readEvalArticles } from './articles.ts';
import { percentile, rounded, table } from './figures.ts';
import { readRows } from './jsonl.ts';

const rowSchema = z.object({ sentence: z.string(), article: z.string(), supported: z.boolean() });

export interface SupportReport {
  readonly supported: number;
  /** Supported sentences that were marked. */
  readonly wronglyMarked: readonly string[];
  readonly unsupported: number;
  /** Unsupported sentences that were not marked. */
  readonly passed: readonly string[];
  readonly msPerSentence: { readonly p50: number; readonly p95: number; readonly max: number };
  readonly held: boolean;
}

/** Of 200 supported sentences 10 may be marked, of 60 unsupported ones 3 may pass. */
const SHARE_MOST = 0.05;

/** The fastest of these counts: a running server is warm, and what else the machine does is not the check's. */
const CHECKS_TIMED = 3;

/** Each sentence is checked against its article and those that a search for it finds, as in an answer. */
export async function evaluateSupport(options: { kb: readonly string[]; sentences: string }): Promise<SupportReport> {
  const articles = (await Promise.all(options.kb.map(readEvalArticles))).flat();
  const byId = new Map(articles.map((article) => [article.id, article]));
  const rows = readRows(options.sentences, rowSchema);
  if (rows.length === 0) throw new UsageError(`${options.sentences}: contains no sentences.`);
  const knowledge = createKnowledge(articles);
  const checkerOf = createSupportChecker(knowledge);
  const times: number[] = [];
  const isMarked = ({ sentence, article }: z.infer<typeof rowSchema>) => {
    if (!byId.has(article)) throw new UsageError(`${options.sentences}: no article has the id "${article}".`);
    const found = findForQuestion(knowledge, { text: sentence, citedTitles: [] }).map(({ articleId }) => articleId);
    const sources = [...new Set([article, ...found])].flatMap((id, index) => {
      const source = byId.get(id);
      return source === undefined ? [] : [{ n: index + 1, title: source.title, text: source.body }];
    });
    const checker = checkerOf(sources);
    while (checker.readNext());
    const checks = Array.from({ length: CHECKS_TIMED }, () => {
      const start = performance.now();
      const { kind } = checker.check(sentence, [1]);
      return { kind, ms: performance.now() - start };
    });
    times.push(Math.min(...checks.map(({ ms }) => ms)));
    return checks[0]?.kind === 'unsupported';
  };
  const results = rows.map((row) => ({ row, marked: isMarked(row) }));
  const texts = (supported: boolean, marked: boolean) =>
    results.filter((one) => one.row.supported === supported && one.marked === marked).map(({ row }) => row.sentence);
  const supported = rows.filter((row) => row.supported).length;
  const wronglyMarked = texts(true, true);
  const passed = texts(false, false);
  return {
    supported,
    wronglyMarked,
    unsupported: rows.length - supported,
    passed,
    msPerSentence: {
      p50: rounded(percentile(times, 0.5)),
      p95: rounded(percentile(times, 0.95)),
      max: rounded(Math.max(...times)),
    },
    held: wronglyMarked.length <= SHARE_MOST * supported && passed.length <= SHARE_MOST * (rows.length - supported),
  };
}

export function showSupport(report: SupportReport, withWrong: boolean): string {
  const { supported, wronglyMarked, unsupported, passed, msPerSentence, held } = report;
  const wrong = withWrong
    ? [...wronglyMarked.map((text) => `marked: ${text}`), ...passed.map((text) => `passed: ${text}`)]
    : [];
  const rows = [
    ['sentences', 'cases', 'wrong', 'limit'],
    ['supported', supported, wronglyMarked.length, `≤ ${SHARE_MOST * 100} %`],
    ['unsupported', unsupported, passed.length, `≤ ${SHARE_MOST * 100} %`],
  ];
  const times = `p50 ${msPerSentence.p50} ms, p95 ${msPerSentence.p95} ms, max ${msPerSentence.max} ms a sentence`;
  return [table(rows), `${times}; limits ${held ? 'held' : 'MISSED'}`, ...wrong].join('\n');
}
