/** Finds the passages that may answer a question. In memory, so that a turn never waits for it. */
import { createHash } from 'node:crypto';
import MiniSearch from 'minisearch';
import type { Article } from './article.ts';
import { type Passage, splitIntoPassages } from './passages.ts';
import { searchTerms } from './terms.ts';

export interface FoundPassage extends Passage {
  /** BM25 score; comparable only within one search. */
  readonly score: number;
}

export interface Knowledge {
  /** Best passages first, at most `limit`, at most two of one article. */
  search(question: string, limit: number): FoundPassage[];
  /** Changes with any article: part of a cache key and of an analysis' provenance. */
  readonly version: string;
  readonly size: { readonly articles: number; readonly passages: number };
}

const PER_ARTICLE = 2;

export function createKnowledge(articles: readonly Article[]): Knowledge {
  const passages = new Map(articles.flatMap(splitIntoPassages).map((passage) => [passage.id, passage]));
  const index = new MiniSearch<Passage>({
    fields: ['title', 'heading', 'keywords', 'text'],
    tokenize: searchTerms,
    processTerm: (term) => term,
    searchOptions: { boost: { title: 3, keywords: 2, heading: 2 }, prefix: false, combineWith: 'OR' },
  });
  index.addAll([...passages.values()]);
  const version = createHash('sha256').update(JSON.stringify(articles)).digest('base64url').slice(0, 12);

  return {
    version,
    size: { articles: articles.length, passages: passages.size },
    search(question, limit) {
      const perArticle = new Map<string, number>();
      const found: FoundPassage[] = [];
      for (const { id, score } of index.search(question)) {
        const passage = passages.get(String(id));
        if (passage === undefined) continue;
        const taken = perArticle.get(passage.articleId) ?? 0;
        if (taken >= PER_ARTICLE) continue;
        perArticle.set(passage.articleId, taken + 1);
        found.push({ ...passage, score });
        if (found.length === limit) break;
      }
      return found;
    },
  };
}
