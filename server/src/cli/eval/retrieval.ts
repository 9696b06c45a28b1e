/** Evaluates the search: how often it finds the right article, at which rank, and how long a query takes. */
import { basename } from 'node:path';
import type { z } from 'zod';
import { createKnowledge, type Knowledge } from '../../knowledge/knowledge.ts';
import { UsageError } from '../../lib/command-line.ts';
import { articleSchema, querySchema, toArticle } from './corpus.ts';
import { percentile, rounded, share, table } from './figures.ts';
import { readRows } from './jsonl.ts';

type Query = z.infer<typeof querySchema>;

export interface RetrievalReport {
  readonly corpus: string;
  readonly queries: number;
  readonly articles: number;
  readonly passages: number;
  /** Share of queries with a right article among the first k. */
  readonly recall: Readonly<Record<'1' | '3' | '5' | '10', number>>;
  readonly mrr: number;
  readonly msPerQuery: { readonly p50: number; readonly p95: number };
  readonly misses: readonly { readonly query: string; readonly gold: readonly string[]; readonly rank: number }[];
}

const DEPTH = 10;
/** Passages requested, so that ten articles remain after the exclusions. */
const PASSAGES = 60;

/** @throws UsageError when a file cannot be read or has no query for the corpus */
export function evaluateRetrieval(options: { kb: string; queries: string; corpus?: string }): RetrievalReport {
  const rows = readRows(options.kb, articleSchema);
  const corpus = options.corpus ?? basename(options.kb, '.jsonl');
  const queries = readRows(options.queries, querySchema).filter((query) => query.corpus.startsWith(corpus));
  if (queries.length === 0) throw new UsageError(`${options.queries}: there is no query for the corpus "${corpus}".`);

  // Each language has its own index, because a site's articles are in one language.
  const bases = new Map<string, Knowledge>();
  for (const lang of new Set(rows.map((row) => row.lang ?? '')))
    bases.set(lang, createKnowledge(rows.filter((row) => (row.lang ?? '') === lang).map(toArticle)));
  const baseOf = (query: Query) => bases.get(query.lang ?? '') ?? [...bases.values()][0];

  for (const query of queries) baseOf(query)?.search(query.query, PASSAGES); // warm up, because a running server is warm
  const found = queries.map((query) => {
    const start = performance.now();
    const passages = baseOf(query)?.search(query.query, PASSAGES) ?? [];
    const ms = performance.now() - start;
    const ranked = [...new Set(passages.map(({ articleId }) => articleId))].filter((id) => !query.exclude.includes(id));
    const rank = ranked.slice(0, DEPTH).findIndex((id) => query.gold.includes(id)) + 1;
    return { query, ms, rank };
  });
  const within = (k: number) => rounded(share(found.filter(({ rank }) => rank > 0 && rank <= k).length, found.length));
  const times = found.map(({ ms }) => ms);
  return {
    corpus,
    queries: queries.length,
    articles: rows.length,
    passages: [...bases.values()].reduce((sum, base) => sum + base.size.passages, 0),
    recall: { '1': within(1), '3': within(3), '5': within(5), '10': within(10) },
    mrr: rounded(
      share(
        found.reduce((sum, { rank }) => sum + (rank === 0 ? 0 : 1 / rank), 0),
        found.length,
      ),
    ),
    msPerQuery: { p50: rounded(percentile(times, 0.5)), p95: rounded(percentile(times, 0.95)) },
    misses: found
      .filter(({ rank }) => rank !== 1)
      .map(({ query, rank }) => ({ query: query.query, gold: query.gold, rank })),
  };
}

export function showRetrieval(report: RetrievalReport, withWrong: boolean): string {
  const { corpus, queries, articles, passages, recall, mrr, msPerQuery, misses } = report;
  const wrong = withWrong
    ? misses.map(({ rank, query, gold }) => `${rank === 0 ? '–' : rank}\t${query}\t${gold.join(' ')}`)
    : [];
  const figures = table([
    ['corpus', 'articles', 'passages', 'queries', 'recall@1', '@3', '@5', '@10', 'MRR', 'p50 ms', 'p95 ms'],
    [
      corpus,
      articles,
      passages,
      queries,
      recall['1'].toFixed(3),
      recall['3'].toFixed(3),
      recall['5'].toFixed(3),
      recall['10'].toFixed(3),
      mrr.toFixed(3),
      msPerQuery.p50.toFixed(2),
      msPerQuery.p95.toFixed(2),
    ],
  ]);
  return [figures, ...wrong].join('\n');
}
