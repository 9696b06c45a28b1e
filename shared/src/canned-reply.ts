/** Canned replies: texts that agents insert into a reply by their shortcut. */
import { z } from 'zod';
import { MESSAGE_TEXT_MAX, SHORTCUT_MAX } from './limits.ts';
import { variableFault } from './reply-variables.ts';
import { siteNameSchema } from './reports.ts';

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
  .min(1)
  .max(MESSAGE_TEXT_MAX)
  .superRefine((text, { addIssue }) => {
    const message = variableFault(text);
    if (message !== undefined) addIssue({ code: 'custom', message });
  });

/** `POST /api/v1/canned-replies` and `POST /api/v1/canned-replies/:id` */
export const cannedReplyBodySchema = z.strictObject({
  shortcut: shortcutSchema,
  text: textSchema,
  /** Absent: for all sites. */
  siteId: z.string().min(1).max(64).exactOptional(),
});
export type CannedReplyBody = z.infer<typeof cannedReplyBodySchema>;

export const cannedReplySchema = cannedReplyBodySchema.extend({
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
