/** The payload of each event that a widget may send. */
import { z } from 'zod';
import { articleIdSchema } from './article.ts';
import {
  COMMENT_TEXT_MAX,
  DRAFT_TEXT_MAX,
  HISTORY_PAGE_MAX,
  NAME_TEXT_MAX,
  NUMBER_MAX,
  SEARCH_TEXT_MAX,
} from './limits.ts';
import { proofSchema } from './proof-of-work.ts';

/** Ids made by server or client are UUIDs, so that a client's input never shapes a Redis key. */
const idSchema = z.uuid();
/** Of the challenge with which the same request was refused before. */
const proof = proofSchema.optional();

/** The namespace checks the text's length, because `too-long` is a code of its own. */
export const messageSendSchema = z.object({
  id: idSchema,
  text: z.string().refine((text) => text.trim().length > 0, 'a message needs at least one character'),
  /** Id of the proactive message with which the visitor has opened an empty conversation. */
  opening: z.string().max(40).optional(),
  proof,
});

export const turnStopSchema = z.object({ turnId: idSchema });
export const turnRetrySchema = z.object({ turnId: idSchema, proof });
export const replaySchema = z.object({
  afterSeq: z.int().min(0),
  turnId: idSchema.optional(),
  afterDelta: z.int().min(0).optional(),
});
export const historyReadSchema = z.object({
  beforeSeq: z.int().min(1).max(NUMBER_MAX),
  limit: z.int().min(1).max(HISTORY_PAGE_MAX),
});
export const conversationsReadSchema = z.object({});
export const articleSearchSchema = z.object({ text: z.string().trim().min(1, 'some words').max(SEARCH_TEXT_MAX) });
export const articleReadSchema = z.object({ id: articleIdSchema });
export const personRequestSchema = z.object({ proof });
export const handOffCancelSchema = z.object({});
export const ratingSetSchema = z.object({
  messageId: idSchema,
  value: z.enum(['up', 'down']),
  reason: z.string().max(COMMENT_TEXT_MAX).optional(),
});
export const conversationRateSchema = z.object({
  score: z.int().min(1).max(5),
  comment: z.string().max(COMMENT_TEXT_MAX).optional(),
});
export const firstTokenSeenSchema = z.object({ turnId: idSchema, ms: z.number().min(0).max(600_000) });
export const emailSchema = z.string().trim().max(254).pipe(z.email('an e-mail address'));
/** The e-mail address to which replies go once the visitor has left. */
export const contactSetSchema = z.object({ email: emailSchema });
/** The code that was sent to that address. */
export const contactConfirmSchema = z.object({
  code: z
    .string()
    .trim()
    .regex(/^\d{6}$/, 'a code of six digits'),
});
export const transcriptMailSchema = z.object({});
/** The pre-chat form, filled in; `answer` belongs to the site's own question. */
export const preChatSetSchema = z.object({
  name: z.string().trim().min(1, 'a name').max(NAME_TEXT_MAX).optional(),
  email: emailSchema.optional(),
  answer: z.string().trim().min(1, 'an answer').max(COMMENT_TEXT_MAX).optional(),
  /** The version of the consent text that the visitor agrees to. */
  consent: z.string().max(40).optional(),
});
export type PreChatSet = z.infer<typeof preChatSetSchema>;
export const typingSchema = z.object({ on: z.boolean() });
/** What the visitor has typed so far, where the site answers while visitors type. */
export const draftSchema = z.object({ text: z.string().trim().min(1).max(DRAFT_TEXT_MAX) });
export const readSchema = z.object({ seq: z.int().min(0) });
