/** A help article, as it is stored and searched. */
import { createHash } from 'node:crypto';
import { z } from 'zod';

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

/** What a source holds. */
export interface ReadArticles {
  readonly articles: readonly Article[];
  /** What was left out: the file or row, and why. */
  readonly skipped: readonly string[];
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
  throw new KnowledgeError(`${place}: "${issue?.path.join('.') ?? ''}" ${issue?.message ?? 'is not valid'}`);
}
