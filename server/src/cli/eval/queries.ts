/** The questions of an evaluation file, with the articles that answer them. */
import { z } from 'zod';

export const querySchema = z.object({
  corpus: z.string().default(''),
  lang: z.string().default(''),
  query: z.string(),
  /** The visitor's message before. */
  before: z.string().optional(),
  /** Titles of the articles cited for it. */
  cited: z.array(z.string()).default([]),
  /** Ids of articles that answer the query. */
  gold: z.array(z.string()).min(1),
  /** Ids to exclude, because the query comes from these articles. */
  exclude: z.array(z.string()).default([]),
});
