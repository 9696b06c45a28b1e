/** Reads the help articles of the demo shop from their Markdown files. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { splitFrontMatter } from '@firstword/server/lib/front-matter';
import { z } from 'zod';

export interface Article {
  readonly id: string;
  readonly title: string;
  readonly category: string;
  /** ISO date. */
  readonly updated: string;
  readonly keywords: readonly string[];
  /** Markdown without the front matter. */
  readonly body: string;
}

const keywordsSchema = z.array(z.string());

/** Sorted by file name, which is the id. Throws when a file lacks front matter or one of its fields. */
export async function readArticles(directory: string): Promise<Article[]> {
  const files = (await readdir(directory)).filter((name) => name.endsWith('.md')).sort();
  return Promise.all(files.map(async (name) => parseArticle(name, await readFile(join(directory, name), 'utf8'))));
}

function parseArticle(file: string, markdown: string): Article {
  const matter = splitFrontMatter(markdown, file);
  if (matter === undefined) throw new Error(`${file}: the front matter is missing`);
  const { fields, body } = matter;
  const field = (name: string): string => {
    const value = fields.get(name);
    if (typeof value !== 'string' || value === '') throw new Error(`${file}: the front matter has no "${name}"`);
    return value;
  };
  return {
    id: field('id'),
    title: field('title'),
    category: field('category'),
    updated: field('updated'),
    keywords: keywordsSchema.parse(fields.get('keywords')),
    body,
  };
}
