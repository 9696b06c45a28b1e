/** Evaluates the search: how often it finds the right article, at which rank, and how long a query takes. */
import { basename } from 'node:path';
import type { z } from 'zod';
import { findForQuestion } from '../../knowledge/find-for-question.ts';
import { createKnowledge, type Knowledge } from '../../knowledge/knowledge.ts';
import { UsageError } from '../../lib/command-line.ts';
import { type EvalArticle, readEvalArticles } from './articles.ts';
import { percentile, rounded, share, table } from './figures.ts';
import { readRows } from './jsonl.ts';
import { querySchema } from './queries.ts';

type Query = z.infer<typeof querySchema>;

/** Results of the queries of one language, or of all. */
export interface RetrievalLine {
  readonly lang: string;
  readonly queries: number;
  /** Share of queries with a right article among the first k. */
  readonly recall: Readonly<Record<'1' | '3' | '5' | '10', number>>;
  /** Share of queries with a right article among those that an answer gets. */
  readonly inPrompt: number;
  readonly mrr: number;
  readonly msPerQuery: { readonly p50: number; readonly p95: number; readonly max: number };
}

export interface RetrievalReport extends RetrievalLine {
  readonly corpus: string;
  readonly articles: number;
  readonly passages: number;
  readonly byLanguage: readonly RetrievalLine[];
  readonly misses: readonly { readonly query: string; readonly gold: readonly string[]; readonly rank: number }[];
}

interface Found {
  readonly query: Query;
  readonly ms: number;
  /** 0 when it was not found. */
  readonly rank: number;
  readonly isInPrompt: boolean;
}

const DEPTH = 10;

/** @throws UsageError when a file cannot be read or has no query for the corpus */
export async function evaluateRetrieval(options: {
  kb: readonly string[];
  queries: string;
  corpus?: string;
}): Promise<RetrievalReport> {
  const articles = (await Promise.all(options.kb.map(readEvalArticles))).flat();
  const corpus = options.corpus ?? (options.kb.length === 1 ? basename(options.kb[0] ?? '', '.jsonl') : '');
  const all = readRows(options.queries, querySchema);
  const queries = all.filter((query) => query.corpus === '' || query.corpus.startsWith(corpus));
  if (queries.length === 0) throw new UsageError(`${options.queries}: there is no query for the corpus "${corpus}".`);
  const known = new Set(articles.map(({ id }) => id));
  for (const { query, gold } of queries)
    if (!gold.some((id) => known.has(id)))
      throw new UsageError(`${options.queries}: "${query}": no article has the id "${gold[0]}".`);

  const bases = basesByLanguage(articles);
  const baseOf = ({ lang }: Query) => bases.get(lang) ?? bases.values().next().value ?? createKnowledge([]);
  for (const query of queries) findFor(baseOf(query), query); // warm up, because a running server is warm
  const found = queries.map((query) => findFor(baseOf(query), query));
  const languages = [...new Set(queries.map(({ lang }) => lang))];
  return {
    corpus,
    articles: articles.length,
    passages: [...bases.values()].reduce((sum, base) => sum + base.size.passages, 0),
    ...lineOf('all', found),
    byLanguage:
      languages.length < 2
        ? []
        : languages.map((lang) =>
            lineOf(
              lang || '–',
              found.filter(({ query }) => query.lang === lang),
            ),
          ),
    misses: found
      .filter(({ rank }) => rank !== 1)
      .map(({ query, rank }) => ({ query: query.query, gold: query.gold, rank })),
  };
}

/** Each language has its own index, because most sites write in one. */
function basesByLanguage(articles: readonly EvalArticle[]): Map<string, Knowledge> {
  const languages = new Set(articles.map(({ lang }) => lang));
  return new Map([...languages].map((lang) => [lang, createKnowledge(articles.filter((row) => row.lang === lang))]));
}

function findFor(base: Knowledge, query: Query): Found {
  const asked = { text: query.query, before: query.before, citedTitles: query.cited };
  const start = performance.now();
  const passages = findForQuestion(base, asked);
  const ms = performance.now() - start;
  const isRight = (id: string) => query.gold.includes(id);
  // Deeper than an answer reads, so that ten articles remain after the exclusions.
  const ranked = findForQuestion(base, asked, DEPTH + query.exclude.length)
    .map(({ articleId }) => articleId)
    .filter((id) => !query.exclude.includes(id));
  return {
    query,
    ms,
    rank: ranked.slice(0, DEPTH).findIndex(isRight) + 1,
    isInPrompt: passages.some(({ articleId }) => isRight(articleId)),
  };
}

function lineOf(lang: string, found: readonly Found[]): RetrievalLine {
  const within = (k: number) => rounded(share(found.filter(({ rank }) => rank > 0 && rank <= k).length, found.length));
  const times = found.map(({ ms }) => ms);
  const reciprocal = found.reduce((sum, { rank }) => sum + (rank === 0 ? 0 : 1 / rank), 0);
  return {
    lang,
    queries: found.length,
    recall: { '1': within(1), '3': within(3), '5': within(5), '10': within(10) },
    inPrompt: rounded(share(found.filter(({ isInPrompt }) => isInPrompt).length, found.length)),
    mrr: rounded(share(reciprocal, found.length)),
    msPerQuery: {
      p50: rounded(percentile(times, 0.5)),
      p95: rounded(percentile(times, 0.95)),
      max: rounded(Math.max(...times)),
    },
  };
}

export function showRetrieval(report: RetrievalReport, withWrong: boolean): string {
  const { corpus, articles, passages, byLanguage, misses } = report;
  const wrong = withWrong
    ? misses.map(({ rank, query, gold }) => `${rank === 0 ? '–' : rank}\t${query}\t${gold.join(' ')}`)
    : [];
  const rows = [report, ...byLanguage].map(({ lang, queries, recall, inPrompt, mrr, msPerQuery }) => [
    lang,
    queries,
    ...Object.values(recall).map((value) => value.toFixed(3)),
    inPrompt.toFixed(3),
    mrr.toFixed(3),
    ...Object.values(msPerQuery).map((ms) => ms.toFixed(2)),
  ]);
  const head = ['language', 'queries', 'recall@1', '@3', '@5', '@10', 'in prompt', 'MRR', 'p50 ms', 'p95 ms', 'max ms'];
  return [`${corpus || 'all'}: ${articles} articles, ${passages} passages`, table([head, ...rows]), ...wrong].join(
    '\n',
  );
}
