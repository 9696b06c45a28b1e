/** A sentence of the server for readers in any language: its English wording, and the values in it. */
import { z } from 'zod';

export interface Phrase {
  /** With `{0}` in place of the first value, such as `There is no site "{0}".` */
  readonly wording: string;
  readonly values: readonly (string | Phrase)[];
}

export const phraseSchema: z.ZodType<Phrase> = z.lazy(() =>
  z.object({ wording: z.string(), values: z.array(z.union([z.string(), phraseSchema])) }),
);
