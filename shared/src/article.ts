/** A help article, as it is stored, searched and edited. */
import { z } from 'zod';

/** Characters of one article. A longer one is usually a broken export. */
const BODY_MAX_CHARS = 200_000;

/** Passage ids are built from it (`id#2`), so it must not contain `#`. */
export const articleIdSchema = z.string().regex(/^[^\s#]{1,200}$/, 'must be 1 to 200 characters without spaces or "#"');

export const articleSchema = z.object({
  id: articleIdSchema,
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
