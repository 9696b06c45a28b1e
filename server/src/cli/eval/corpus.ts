/** The rows of evaluation files: articles, and questions with the articles that answer them. */
import { z } from 'zod';
import type { Article } from '../../knowledge/article.ts';

export const articleSchema = z.object({
  id: z.string(),
  lang: z.string().optional(),
  title: z.string(),
  url: z.string().default(''),
  body: z.string(),
  category: z.string().default(''),
  keywords: z.string().default(''),
});
export const querySchema = z.object({
  corpus: z.string(),
  lang: z.string().optional(),
  kind: z.string().optional(),
  query: z.string(),
  /** Ids of articles that answer the query. */
  gold: z.array(z.string()).min(1),
  /** Ids to exclude, because the query comes from these articles. */
  exclude: z.array(z.string()).default([]),
});

export function toArticle({ id, title, url, body, category, keywords }: z.infer<typeof articleSchema>): Article {
  return { id, title, url, body, category, keywords };
}
