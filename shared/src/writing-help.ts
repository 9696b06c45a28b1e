/** Help with writing: a model rewrites an agent's reply, or translates a text. */
import { z } from 'zod';
import { MESSAGE_TEXT_MAX } from './limits.ts';

export const REWRITES = ['shorter', 'friendlier', 'more-formal', 'fix-grammar'] as const;
export type Rewrite = (typeof REWRITES)[number];

/** `POST /api/v1/writing-help/:id`, where the id is the ticket's. */
export const writingTaskSchema = z.discriminatedUnion('task', [
  z.strictObject({ task: z.enum(REWRITES), text: z.string().trim().min(1).max(MESSAGE_TEXT_MAX) }),
  z.strictObject({
    task: z.literal('translate'),
    text: z.string().trim().min(1).max(MESSAGE_TEXT_MAX),
    /** A language code. */
    to: z
      .string()
      .max(35)
      .refine((code) => /^[a-z]{2,3}(?:-[a-z\d]{2,8})*$/i.test(code), 'use a language code, such as de or pt-BR'),
  }),
]);
export type WritingTask = z.infer<typeof writingTaskSchema>;

/** One line of the response. `retracted`: the text so far is not part of it. The last line is `done` or `failed`. */
export const writingEventSchema = z.union([
  z.object({ text: z.string() }),
  z.object({ retracted: z.literal(true) }),
  z.object({ done: z.literal(true) }),
  z.object({ failed: z.literal(true) }),
]);
export type WritingEvent = z.infer<typeof writingEventSchema>;
