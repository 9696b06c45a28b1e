/** What a widget sends when it connects. */
import { z } from 'zod';
import { cutText } from './cut-text.ts';
import { proofSchema } from './proof-of-work.ts';
import { siteIdSchema } from './wire.ts';

/**
 * For what the handshake may leave out: a longer text is cut, and anything else is ignored, because neither is a
 * reason to refuse a visitor.
 */
const textUpTo = (max: number) =>
  z
    .unknown()
    .transform((given) => (typeof given === 'string' && given !== '' ? cutText(given, max) : undefined))
    .optional();
const pageSchema = z
  .object({
    url: z
      .string()
      .min(1)
      .transform((url) => cutText(url, 2048)),
    title: textUpTo(300),
  })
  .optional()
  .catch(undefined);

export const handshakeSchema = z.object({
  site: siteIdSchema,
  session: z.string().min(1).max(256).optional(),
  identity: z.string().min(1).max(4096).optional(),
  /** Random, made by this browser for its present user: a used identity token is accepted again from the same one. */
  browser: textUpTo(64),
  /** The visitor leaves the session's conversation and starts another. Without effect while it has no message. */
  startNew: z.literal(true).optional().catch(undefined),
  /** The visitor opens this one of their own conversations instead of the session's. */
  conversation: z.uuid().optional().catch(undefined),
  locale: textUpTo(35),
  timeZone: textUpTo(64),
  page: pageSchema,
  /** Of the challenge with which this connection was refused before. */
  proof: proofSchema.optional().catch(undefined),
});
export type Handshake = z.infer<typeof handshakeSchema>;
