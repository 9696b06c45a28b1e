/** Canned replies: texts that agents insert into a reply by their shortcut, and what is done with the ticket afterwards. */
import { z } from 'zod';
import { MESSAGE_TEXT_MAX, SHORTCUT_MAX, TAGS_MAX } from './limits.ts';
import { variableFault } from './reply-variables.ts';
import { siteNameSchema } from './reports.ts';
import { RESOLUTION_CODES, tagSchema } from './ticket.ts';

export const CANNED_REPLIES_MAX = 500;

const SHORTCUT = /^[\p{L}\p{N}][\p{L}\p{N}\p{M}_-]*$/u;
const shortcutSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(SHORTCUT_MAX)
  .refine((shortcut) => SHORTCUT.test(shortcut), 'use letters, digits, "-" and "_", such as refund-sent');
const textSchema = z
  .string()
  .trim()
  .max(MESSAGE_TEXT_MAX)
  .superRefine((text, { addIssue }) => {
    const fault = variableFault(text);
    if (fault !== undefined) addIssue({ code: 'custom', message: fault.wording, params: { values: fault.values } });
  });

const SNOOZE_HOURS_MAX = 720;

/** The actions of a macro, in the order in which they are applied. */
export const macroSchema = z.strictObject({
  tags: z.array(tagSchema).min(1).max(TAGS_MAX).exactOptional(),
  /** The name is as it was when it was chosen. */
  assignTo: z.strictObject({ id: z.string().min(1).max(64), name: z.string().max(80) }).exactOptional(),
  end: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('resolve'), code: z.enum(RESOLUTION_CODES) }),
      /** Without hours, until the visitor replies. */
      z.strictObject({ kind: z.literal('snooze'), hours: z.int().min(1).max(SNOOZE_HOURS_MAX).exactOptional() }),
    ])
    .exactOptional(),
});
export type Macro = z.infer<typeof macroSchema>;

/** `POST /api/v1/canned-replies` and `POST /api/v1/canned-replies/:id` */
const cannedReplyFields = z.strictObject({
  shortcut: shortcutSchema,
  /** Empty for a macro that sends nothing. */
  text: textSchema,
  /** Applied once the reply is sent, or at once where there is no text. */
  macro: macroSchema.exactOptional(),
  /** Absent: for all sites. */
  siteId: z.string().min(1).max(64).exactOptional(),
});
export const cannedReplyBodySchema = cannedReplyFields.refine(
  ({ text, macro = {} }) => text !== '' || Object.keys(macro).length > 0,
  { path: ['text'], message: 'Write a text, or choose what to do with the ticket' },
);
export type CannedReplyBody = z.infer<typeof cannedReplyBodySchema>;

export const cannedReplySchema = cannedReplyFields.extend({
  id: z.string(),
  text: z.string(),
  changedAt: z.number(),
  /** Name of the agent who changed it last. */
  changedBy: z.string(),
});
export type CannedReply = z.infer<typeof cannedReplySchema>;

/** `GET /api/v1/canned-replies` */
export const cannedReplyListSchema = z.object({
  /** By shortcut. */
  replies: z.array(cannedReplySchema),
  sites: z.array(siteNameSchema),
});
export type CannedReplyList = z.infer<typeof cannedReplyListSchema>;
