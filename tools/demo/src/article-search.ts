/** Finds the demo shop's articles for what a reader types into the search field. */
import MiniSearch from 'minisearch';
import type { Article } from './article-files.ts';

export type ArticleSearch = (query: string) => Article[];

const RESULTS_MAX = 12;
/** Of the best hit's score; below it a word is only mentioned in passing. */
const LEAST_SHARE = 0.12;

export function createArticleSearch(articles: readonly Article[]): ArticleSearch {
  const byId = new Map(articles.map((article) => [article.id, article]));
  const index = new MiniSearch<Article>({
    fields: ['title', 'keywords', 'body'],
    extractField: (article, name) =>
      name === 'keywords' ? article.keywords.join(' ') : String(article[name as 'id' | 'title' | 'body']),
    searchOptions: {
      boost: { title: 4, keywords: 3 },
      prefix: (term) => term.length > 2,
      fuzzy: (term) => (term.length > 5 ? 0.2 : false),
    },
  });
  index.addAll(articles);
  return (query) => {
    // Every word must fit; only when no article holds them all is one enough.
    const all = index.search(query, { combineWith: 'AND' });
    const hits = all.length > 0 ? all : index.search(query);
    const least = (hits[0]?.score ?? 0) * LEAST_SHARE;
    return hits
      .filter(({ score }) => score >= least)
      .slice(0, RESULTS_MAX)
      .flatMap((hit) => byId.get(String(hit.id)) ?? []);
  };
}
