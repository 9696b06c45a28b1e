/** What a site asks its visitors before the first message, as it is set: the form, and the consent. */
import { z } from 'zod';
import type { PreChatForm } from './site-view.ts';

const demandSchema = z.enum(['required', 'optional']);
export const preChatSchema: z.ZodType<PreChatForm> = z
  .strictObject({
    name: demandSchema.optional().describe("Asks for the visitor's name."),
    email: demandSchema.optional().describe("Asks for the visitor's e-mail address."),
    question: z
      .strictObject({
        label: z.string().trim().min(1).max(120).describe('The question.'),
        required: z.boolean().default(false).describe('Whether it must be answered.'),
      })
      .optional()
      .describe('Asks one question of your own.'),
  })
  .refine(
    (form) => Object.values(form).some(Boolean),
    'asks for nothing. Add "name", "email" or "question", or remove "preChat"',
  );

export const consentSchema = z.strictObject({
  version: z
    .string()
    .trim()
    .min(1)
    .max(40)
    .describe('Version of the text, such as `2026-05`. Change it with the text: visitors are asked again.'),
  text: z.string().trim().min(1).max(2000).describe('The text, in the language of the site.'),
  link: z
    .strictObject({
      label: z.string().trim().min(1).max(120).describe('Text of the link.'),
      url: z
        .url({ protocol: /^https?$/, error: 'is not a web address. Use one such as https://shop.example/privacy' })
        .describe('Address of the page, such as your privacy policy.'),
    })
    .optional()
    .describe('A page to read more on.'),
});
