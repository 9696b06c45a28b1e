/** What an agent has written and not sent, kept for each agent and ticket. */
import { z } from 'zod';
import { MESSAGE_TEXT_MAX } from './limits.ts';

/** A draft may be longer than a message until it is sent. */
const DRAFT_TEXT_MAX = 2 * MESSAGE_TEXT_MAX;

/** `POST /api/v1/drafts/:id`, where the id is the ticket's. */
export const replyDraftSchema = z.strictObject({
  text: z.string().min(1).max(DRAFT_TEXT_MAX),
  /** The run whose proposed reply the text began with; absent when the agent wrote it. */
  runId: z.string().max(100).exactOptional(),
  /** The canned reply whose macro is applied once the reply is sent. */
  macroOf: z.string().max(64).exactOptional(),
  /** `seq` of the last message when the draft was started. */
  afterSeq: z.int().min(0).exactOptional(),
});
export type ReplyDraft = z.infer<typeof replyDraftSchema>;

/** `GET /api/v1/drafts/:id` */
export const replyDraftViewSchema = z.object({ draft: replyDraftSchema.exactOptional() });
export type ReplyDraftView = z.infer<typeof replyDraftViewSchema>;
