/** Evaluates the coverage of questions: how many answerable ones are covered, bare and in two framings, and how many others are covered by mistake. */
import { z } from 'zod';
import { type Coverage, coverageOf } from '../../knowledge/coverage.ts';
import { findForQuestion } from '../../knowledge/find-for-question.ts';
import { createKnowledge, type Knowledge } from '../../knowledge/knowledge.ts';
import { UsageError } from '../../lib/command-line.ts';
import { readEvalArticles } from './articles.ts';
import { rounded, share, table } from './figures.ts';
import { readRows } from './jsonl.ts';

const querySchema = z.object({ corpus: z.string().default(''), lang: z.string().default(''), query: z.string() });
const otherSchema = z.object({ text: z.string() });

export interface CoverageLine {
  readonly questions: string;
  readonly count: number;
  /** Shares of the questions. */
  readonly covered: number;
  readonly partly: number;
  readonly notCovered: number;
}

const asQuestion = (text: string) => (/[.?!。？]$/.test(text) ? text : `${text}?`);
const STORY =
  'I ordered two weeks ago and was at work all day when it came, so my neighbour opened the door and put everything in the ' +
  'garage, where it has been standing since, and my wife is upset because her parents visit on Sunday.';
const FRAMINGS: readonly (readonly [string, (query: string) => string])[] = [
  ['bare', (query) => query],
  [
    'polite',
    (query) => `Hi there, my name is Svetlana Kowalczyk. ${asQuestion(query)} Many thanks!\nBest regards, Svetlana`,
  ],
  ['after a story', (query) => `${STORY} ${asQuestion(query)}`],
];

export async function evaluateCoverage(options: {
  kb: readonly string[];
  queries: string;
  others?: string;
  corpus?: string;
}): Promise<readonly CoverageLine[]> {
  const articles = (await Promise.all(options.kb.map(readEvalArticles))).flat();
  const { corpus = '' } = options;
  const queries = readRows(options.queries, querySchema).filter((row) => row.corpus.startsWith(corpus));
  if (queries.length === 0) throw new UsageError(`${options.queries}: there is no query for the corpus "${corpus}".`);
  const bases = new Map(
    [...new Set(articles.map(({ lang }) => lang))].map((lang) => [
      lang,
      createKnowledge(articles.filter((article) => article.lang === lang)),
    ]),
  );
  const first = bases.values().next().value ?? createKnowledge([]);
  const others = options.others === undefined ? [] : readRows(options.others, otherSchema);
  return [
    ...FRAMINGS.map(([name, frame]) =>
      lineOf(
        name,
        queries.map(({ lang, query }) => judge(bases.get(lang) ?? first, frame(query))),
      ),
    ),
    ...(others.length === 0
      ? []
      : [
          lineOf(
            'about other things',
            others.flatMap(({ text }) => [...bases.values()].map((base) => judge(base, text))),
          ),
        ]),
  ];
}

function judge(base: Knowledge, text: string): Coverage {
  return coverageOf(base, text, findForQuestion(base, { text, citedTitles: [] }));
}

function lineOf(questions: string, grades: readonly Coverage[]): CoverageLine {
  const of = (wanted: Coverage) => rounded(share(grades.filter((grade) => grade === wanted).length, grades.length));
  return {
    questions,
    count: grades.length,
    covered: of('covered'),
    partly: of('partly'),
    notCovered: of('not-covered'),
  };
}

export function showCoverage(lines: readonly CoverageLine[]): string {
  const percent = (part: number) => `${(part * 100).toFixed(1)} %`;
  return table([
    ['questions', 'count', 'covered', 'partly', 'not covered'],
    ...lines.map(({ questions, count, covered, partly, notCovered }) => [
      questions,
      count,
      percent(covered),
      percent(partly),
      percent(notCovered),
    ]),
  ]);
}
