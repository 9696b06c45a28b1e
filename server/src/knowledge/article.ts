/** Reads and hashes help articles. */
import { createHash } from 'node:crypto';
import { type Article, articleSchema } from '@firstword/shared/article';
import type { Phrase } from '@firstword/shared/phrase';
import { z } from 'zod';
import { phrase } from '../lib/phrase.ts';
import { PhrasedError } from '../lib/phrased-error.ts';

export type { Article };

/** Articles or exports that cannot be read. The message is shown to the operator. */
export class KnowledgeError extends PhrasedError {
  override readonly name = 'KnowledgeError';
}

/** What a source holds. */
export interface ReadArticles {
  readonly articles: readonly Article[];
  /** What was left out: the file or row, and why. */
  readonly skipped: readonly Phrase[];
}

const storedArticlesSchema = z.array(articleSchema);
/** @throws ZodError or SyntaxError when it is not what `JSON.stringify` made of articles */
export const readStoredArticles = (json: string): Article[] => storedArticlesSchema.parse(JSON.parse(json));

/** A hash of the articles. */
export function articlesVersion(articles: readonly Article[]): string {
  return createHash('sha256').update(JSON.stringify(articles)).digest('base64url').slice(0, 12);
}

/** @throws KnowledgeError naming the place and the field */
export function checkedArticle(fields: unknown, place: string): Article {
  const parsed = articleSchema.safeParse(fields);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join('.') ?? '';
  throw new KnowledgeError(phrase`${place}: "${field}" ${issue?.message ?? 'is not valid'}`);
}
