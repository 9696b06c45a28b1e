/** Help articles as site owners write them: Markdown files with a little front matter, or JSON lines. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { splitFrontMatter } from '../lib/front-matter.ts';
import { KnowledgeError } from './knowledge-error.ts';

/** Characters of one article; longer ones are usually an export gone wrong. */
const BODY_MAX_CHARS = 200_000;

/** An id becomes part of a passage's id (`id#2`), so it holds no `#`. */
const idSchema = z.string().regex(/^[^\s#]{1,200}$/, 'must be 1 to 200 characters without spaces and "#"');

export const articleSchema = z.object({
  id: idSchema,
  title: z.string().trim().min(1, 'must not be empty').max(300),
  category: z.string().max(120).default(''),
  keywords: z
    .union([z.string(), z.array(z.string()).transform((words) => words.join(', '))])
    .pipe(z.string().max(2000))
    .default(''),
  /** Where a visitor can read it: an http(s) address or a path of the site; empty when nowhere. */
  url: z.string().regex(/^(?:https?:\/\/|\/(?!\/)|$)/, 'must be an http(s) address or begin with one /'),
  body: z.string().trim().min(1, 'must not be empty').max(BODY_MAX_CHARS),
});
export type Article = Readonly<z.infer<typeof articleSchema>>;

/** Changes with any article, and only then. */
export function articlesVersion(articles: readonly Article[]): string {
  return createHash('sha256').update(JSON.stringify(articles)).digest('base64url').slice(0, 12);
}

/**
 * Reads one Markdown file: front matter between `---` lines with `id` and `title`, then the text.
 * @throws KnowledgeError naming the file and the missing part
 */
export function parseArticle(source: string, fileName: string, urlOf: (id: string) => string): Article {
  const matter = splitFrontMatter(source);
  if (matter === undefined) throw new KnowledgeError(`${fileName}: expected front matter between two lines of ---`);
  const { fields, body } = matter;
  const id = fields.get('id') ?? '';
  return checked(
    {
      id,
      title: fields.get('title') ?? '',
      category: fields.get('category') ?? '',
      keywords: (fields.get('keywords') ?? '').replace(/^\[|\]$/g, ''),
      url: fields.get('url') ?? urlOf(id),
      body,
    },
    fileName,
  );
}

/**
 * Reads JSON lines: `id`, `title`, `body`, and if wanted `url`, `category`, `keywords`; other fields are left out.
 * @throws KnowledgeError naming the file, the line and the field
 */
export function parseArticleLines(source: string, fileName: string, urlOf: (id: string) => string): Article[] {
  return source.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const place = `${fileName}:${index + 1}`;
    const row = parseJson(line, place);
    return [checked('url' in row ? row : { ...row, url: 'id' in row ? urlOf(String(row.id)) : '' }, place)];
  });
}

/** All `*.md` files of a folder with front matter, except README.md; in the order of their names. */
export async function readArticles(directory: string, urlOf: (id: string) => string): Promise<Article[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.md') && name !== 'README.md').sort();
  return Promise.all(
    names.map(async (name) => parseArticle(await readFile(join(directory, name), 'utf8'), name, urlOf)),
  );
}

function checked(fields: unknown, place: string): Article {
  const parsed = articleSchema.safeParse(fields);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new KnowledgeError(`${place}: "${issue?.path.join('.') ?? ''}" ${issue?.message ?? 'does not fit'}`);
}

function parseJson(line: string, place: string): object {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // told below, with the place
  }
  throw new KnowledgeError(`${place}: is not a JSON object`);
}
