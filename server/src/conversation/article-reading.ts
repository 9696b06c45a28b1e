/** Lets visitors search and read the articles from which a site's assistant answers. */
import type { ArticleView, FoundArticle } from '@firstword/shared/wire';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { excerpt } from './excerpt.ts';

export interface ArticleReading {
  /** Whether the site has any. */
  has(siteId: string): boolean;
  /** The best first. */
  search(siteId: string, text: string): FoundArticle[];
  read(siteId: string, articleId: string): ArticleView | undefined;
}

const FOUND_MAX = 8;

export function createArticleReading(knowledgeOf: (siteId: string) => Knowledge): ArticleReading {
  return {
    has: (siteId) => knowledgeOf(siteId).size.articles > 0,
    search: (siteId, text) =>
      knowledgeOf(siteId)
        .search(text, FOUND_MAX)
        .map(({ articleId, title, text: passage }) => ({ id: articleId, title, excerpt: excerpt(passage) })),
    read: (siteId, articleId) => knowledgeOf(siteId).article(articleId),
  };
}
