/** Help articles as site owners write them: Markdown files with a little front matter. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface Article {
  readonly id: string;
  readonly title: string;
  readonly category: string;
  readonly keywords: string;
  /** Where a visitor can read it. */
  readonly url: string;
  readonly body: string;
}

/** A folder or file of articles that cannot be read. The message names the file and what was expected. */
class KnowledgeError extends Error {
  override readonly name = 'KnowledgeError';
}

/**
 * Reads one Markdown file: front matter between `---` lines with `id` and `title`, then the text.
 * @throws KnowledgeError naming the file and the missing part
 */
export function parseArticle(source: string, fileName: string, urlOf: (id: string) => string): Article {
  const match = /^---\r?\n([\s\S]*?)\r?\n---\r?\n([\s\S]*)$/.exec(source);
  if (match === null) throw new KnowledgeError(`${fileName}: expected front matter between two lines of ---`);
  const [, head = '', body = ''] = match;
  const fields = new Map(
    head.split(/\r?\n/).map((line) => {
      const colon = line.indexOf(':');
      return [
        line.slice(0, colon).trim(),
        line
          .slice(colon + 1)
          .trim()
          .replace(/^["']|["']$/g, ''),
      ];
    }),
  );
  const id = fields.get('id') ?? '';
  const title = fields.get('title') ?? '';
  if (!/^[\w.-]{1,120}$/.test(id))
    throw new KnowledgeError(`${fileName}: "id" must be 1 to 120 letters, digits, ".", "_" or "-"`);
  if (title === '') throw new KnowledgeError(`${fileName}: "title" is missing`);
  return {
    id,
    title,
    category: fields.get('category') ?? '',
    keywords: (fields.get('keywords') ?? '').replace(/^\[|\]$/g, ''),
    url: fields.get('url') ?? urlOf(id),
    body: body.trim(),
  };
}

/** All `*.md` files of a folder with front matter, except README.md; in the order of their names. */
export async function readArticles(directory: string, urlOf: (id: string) => string): Promise<Article[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.md') && name !== 'README.md').sort();
  return Promise.all(
    names.map(async (name) => parseArticle(await readFile(join(directory, name), 'utf8'), name, urlOf)),
  );
}
