/** Searches the demo shop's articles. */
import MiniSearch from 'minisearch';
import type { Article } from './article-files.ts';

export type ArticleSearch = (query: string) => Article[];

const RESULTS_MAX = 12;
/** Hits below this share of the best score only mention the word in passing. */
const LEAST_SHARE = 0.12;

export function createArticleSearch(articles: readonly Article[]): ArticleSearch {
  const byId = new Map(articles.map((article) => [article.id, article]));
  const index = new MiniSearch<Article>({
    fields: ['title', 'keywords', 'body'],
    extractField: ({ id, title, keywords, body }, name) => {
      const fields: Record<string, string> = { id, title, keywords: keywords.join(' '), body };
      return fields[name] ?? '';
    },
    searchOptions: {
      boost: { title: 4, keywords: 3 },
      prefix: (term) => term.length > 2,
      fuzzy: (term) => (term.length > 5 ? 0.2 : false),
    },
  });
  index.addAll(articles);
  return (query) => {
    // Prefer articles with every word; fall back to articles with any.
    const all = index.search(query, { combineWith: 'AND' });
    const hits = all.length > 0 ? all : index.search(query);
    const least = (hits[0]?.score ?? 0) * LEAST_SHARE;
    return hits
      .filter(({ score }) => score >= least)
      .slice(0, RESULTS_MAX)
      .flatMap((hit) => byId.get(String(hit.id)) ?? []);
  };
}
