/** A help article, as it is stored, searched and edited. */
import { z } from 'zod';

/** Characters of one article. A longer one is usually a broken export. */
const BODY_MAX_CHARS = 200_000;

/** Passage ids are built from it (`id#2`), so it must not contain `#`. */
export const articleIdSchema = z.string().regex(/^[^\s#]{1,200}$/, 'must be 1 to 200 characters without spaces or "#"');

/** What makes an article a translation of others. */
const translationSchema = z.object({
  /** The same for all languages of an article, such as the id that the help desk gives it. */
  group: z.string().min(1, 'must not be empty').max(500),
  /** A BCP 47 tag; `und` when it can't be told. */
  language: z.string().regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{1,8})*$/, 'use a language code, such as de or pt-BR'),
});
export type Translation = Readonly<z.infer<typeof translationSchema>>;

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
  /** Last, and absent without translations, so that the stored text of other articles stays the same. */
  translation: translationSchema.exactOptional(),
});
export type Article = Readonly<z.infer<typeof articleSchema>>;
