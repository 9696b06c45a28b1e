/** Reads the articles of an evaluation: JSON lines with an optional language, or a folder of help articles. */
import { existsSync, statSync } from 'node:fs';
import { z } from 'zod';
import type { Article } from '../../knowledge/article.ts';
import { readArticleFolder } from '../../knowledge/read-articles.ts';
import { UsageError } from '../../lib/command-line.ts';
import { readRows } from './jsonl.ts';

const rowSchema = z.object({
  id: z.string(),
  lang: z.string().default(''),
  title: z.string(),
  url: z.string().default(''),
  body: z.string(),
  category: z.string().default(''),
  keywords: z.string().default(''),
});

export interface EvalArticle extends Article {
  /** Empty where the file names none. */
  readonly lang: string;
}

/** @throws UsageError when it can't be read, or contains no article */
export async function readEvalArticles(path: string): Promise<EvalArticle[]> {
  const isFolder = existsSync(path) && statSync(path).isDirectory();
  const articles = isFolder
    ? (await readArticleFolder(path)).articles.map((article) => ({ ...article, lang: '' }))
    : readRows(path, rowSchema);
  if (articles.length === 0) throw new UsageError(`${path}: contains no articles.`);
  return articles;
}
