/** What an agent has written and not sent, kept for each agent and ticket. */
import { z } from 'zod';
import { ATTACHMENTS_MAX, MESSAGE_TEXT_MAX } from './limits.ts';
import { sentFileSchema } from './wire.ts';

/** A draft may be longer than a message until it is sent. */
const DRAFT_TEXT_MAX = 2 * MESSAGE_TEXT_MAX;

/** `POST /api/v1/drafts/:id`, where the id is the ticket's. */
const fields = z.strictObject({
  /** Empty only beside attachments. */
  text: z.string().max(DRAFT_TEXT_MAX),
  /** The run whose proposed reply the text began with; absent when the agent wrote it. */
  runId: z.string().max(100).exactOptional(),
  /** The canned reply whose macro is applied once the reply is sent. */
  macroOf: z.string().max(64).exactOptional(),
  /** `seq` of the last message when the draft was started. */
  afterSeq: z.int().min(0).exactOptional(),
  /** Files that are uploaded and not sent yet. */
  attachments: z
    .array(sentFileSchema.extend({ id: z.uuid(), name: z.string().max(200), type: z.string().max(200) }))
    .max(ATTACHMENTS_MAX)
    .exactOptional(),
});
export const replyDraftSchema = fields.refine(({ text, attachments = [] }) => text !== '' || attachments.length > 0, {
  path: ['text'],
  message: 'A draft needs a text or an attachment.',
});
export type ReplyDraft = z.infer<typeof replyDraftSchema>;

/** `GET /api/v1/drafts/:id` */
export const replyDraftViewSchema = z.object({ draft: replyDraftSchema.exactOptional() });
export type ReplyDraftView = z.infer<typeof replyDraftViewSchema>;
