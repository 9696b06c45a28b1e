/** What the launcher of a site may say on its own, as it is set. */
import { z } from 'zod';
import { languageCodeSchema } from './language-code.ts';
import type { ProactiveMessage } from './proactive-message.ts';

const PROACTIVE_ID = /^[a-z0-9][a-z0-9-]{0,39}$/;
const MESSAGES_MAX = 10;
const TEXT_MAX = 240;

const textSchema = z.string().trim().min(1).max(TEXT_MAX);
const patternSchema = z
  .string()
  .trim()
  .max(200)
  .regex(/^[/*]/, 'is not the path of a page. Begin with "/" as in "/prices", or with "*"');

const messageSchema: z.ZodType<ProactiveMessage> = z.strictObject({
  id: z
    .string()
    .regex(PROACTIVE_ID, 'is not an id. Use up to 40 characters: a-z, 0-9 and "-"')
    .describe(
      'Browsers remember by it that they have shown the message; with another id it is shown again. 1 to 40 characters: a-z, 0-9 and `-`.',
    ),
  text: textSchema.describe('The message, as plain text.'),
  translations: z
    .array(
      z.strictObject({
        language: languageCodeSchema.describe('Code of the language, such as `de`.'),
        text: textSchema.describe('The message in this language.'),
      }),
    )
    .max(20)
    .default([])
    .describe('The message for visitors whose page or browser is in another language.'),
  pages: z
    .array(patternSchema)
    .min(1)
    .max(20)
    .default(['*'])
    .describe(
      'Paths of the pages, such as `/prices` or `/products/*`; `*` matches any text. The query and the hash of a page only count where you write them.',
    ),
  afterSeconds: z
    .int()
    .min(0)
    .max(3600)
    .default(10)
    .describe('Seconds for which the visitor has had the page on screen.'),
  oncePer: z
    .enum(['visitor', 'visit'])
    .default('visitor')
    .describe('Shows it once to each visitor, or once in each visit. A visit ends 30 minutes after its last page.'),
  duringHours: z.boolean().default(false).describe('Shows it only during the opening hours, if the site states them.'),
});

export const proactiveMessagesSchema = z
  .array(messageSchema)
  .max(MESSAGES_MAX)
  .refine(
    (messages) => new Set(messages.map(({ id }) => id)).size === messages.length,
    'has two messages with the same id. Give each its own',
  );
