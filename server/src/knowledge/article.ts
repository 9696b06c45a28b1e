/** Reads help articles as site owners write them: Markdown files with front matter, or JSON lines. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type FrontMatter, FrontMatterError, splitFrontMatter } from '../lib/front-matter.ts';
import { parseJson } from '../lib/parse-json.ts';

/** Articles or exports that cannot be read. The message is shown to the operator. */
export class KnowledgeError extends Error {
  override readonly name = 'KnowledgeError';
}

/** Characters of one article. A longer one is usually a broken export. */
const BODY_MAX_CHARS = 200_000;

/** Passage ids are built from it (`id#2`), so it must not contain `#`. */
const idSchema = z.string().regex(/^[^\s#]{1,200}$/, 'must be 1 to 200 characters without spaces or "#"');

export const articleSchema = z.object({
  id: idSchema,
  title: z.string().trim().min(1, 'must not be empty').max(300),
  category: z.string().max(120).default(''),
  keywords: z
    .union([z.string(), z.array(z.string()).transform((words) => words.join(', '))])
    .pipe(z.string().max(2000))
    .default(''),
  /** The page a citation links to: an http(s) URL or a path of the site; empty when the article has no page. */
  url: z.string().regex(/^(?:https?:\/\/|\/(?!\/)|$)/, 'must be an http(s) URL or a path that begins with a single /'),
  body: z.string().trim().min(1, 'must not be empty').max(BODY_MAX_CHARS),
});
export type Article = Readonly<z.infer<typeof articleSchema>>;

const storedArticlesSchema = z.array(articleSchema);
/** @throws ZodError or SyntaxError when it is not what `JSON.stringify` made of articles */
export const readStoredArticles = (json: string): Article[] => storedArticlesSchema.parse(JSON.parse(json));

/** A hash of the articles. */
export function articlesVersion(articles: readonly Article[]): string {
  return createHash('sha256').update(JSON.stringify(articles)).digest('base64url').slice(0, 12);
}

/**
 * Reads one Markdown file: YAML front matter with `id` and `title`, then the text.
 * @throws KnowledgeError naming the file and the field, or the line and column of a YAML error
 */
export function parseArticle(source: string, fileName: string, urlOf: (id: string) => string): Article {
  const { fields, body } = frontMatterOf(source, fileName);
  const id = fields.get('id') ?? '';
  return checked(
    {
      id,
      title: fields.get('title') ?? '',
      category: fields.get('category') ?? '',
      keywords: fields.get('keywords') ?? '',
      url: fields.get('url') ?? urlOf(String(id)),
      body,
    },
    fileName,
  );
}

/**
 * Reads JSON lines: `id`, `title`, `body` and, optionally, `url`, `category`, `keywords`. Other fields are ignored.
 * @throws KnowledgeError naming the file, the line and the field
 */
export function parseArticleLines(source: string, fileName: string, urlOf: (id: string) => string): Article[] {
  return source.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const place = `${fileName}:${index + 1}`;
    const row: unknown = parseJson(line);
    if (!isJsonObject(row)) throw new KnowledgeError(`${place}: expected a JSON object`);
    return [checked('url' in row ? row : { ...row, url: 'id' in row ? urlOf(String(row.id)) : '' }, place)];
  });
}

/** Reads all `*.md` files of a folder except README.md, sorted by name. */
export async function readArticles(directory: string, urlOf: (id: string) => string): Promise<Article[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.md') && name !== 'README.md').sort();
  return Promise.all(
    names.map(async (name) => parseArticle(await readFile(join(directory, name), 'utf8'), name, urlOf)),
  );
}

function frontMatterOf(source: string, fileName: string): FrontMatter {
  try {
    const found = splitFrontMatter(source, fileName);
    if (found !== undefined) return found;
  } catch (error) {
    throw error instanceof FrontMatterError ? new KnowledgeError(error.message, { cause: error }) : error;
  }
  throw new KnowledgeError(
    `${fileName}: the front matter is missing. Begin the file with YAML between two lines of ---.`,
  );
}

function checked(fields: unknown, place: string): Article {
  const parsed = articleSchema.safeParse(fields);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new KnowledgeError(`${place}: "${issue?.path.join('.') ?? ''}" ${issue?.message ?? 'is not valid'}`);
}

function isJsonObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
