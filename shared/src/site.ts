/** One site as its owner configures it, and the part of it that visitors may see. */
import { z } from 'zod';
import { FILE_TYPES } from './files.ts';
import { keysOf } from './keys-of.ts';
import { languageOf } from './language.ts';
import { languageCodeSchema } from './language-code.ts';
import { maskFields } from './masking.ts';
import { regionSchema } from './region.ts';
import { hoursSchema } from './site-hours.ts';
import { identitySettings } from './site-identity.ts';
import { originSchema } from './site-origin.ts';
import { consentSchema, preChatSchema } from './site-pre-chat.ts';
import { proactiveMessagesSchema } from './site-proactive.ts';
import { themeSchema } from './site-theme.ts';
import type { SiteView } from './site-view.ts';
import { themeView } from './theme.ts';
import { siteIdSchema } from './wire.ts';

/** Also for conversations of sites that are no longer configured. */
export const RETENTION_DAYS = 90;

const greetingSchema = z.string().max(400);
const suggestionsSchema = z.array(z.string().min(1).max(120)).max(4);

/** At most a week. */
const targetSchema = z.int().min(1).max(10_080);

const KINDS = keysOf(FILE_TYPES);
export const uploadsSchema = z.strictObject({
  maxMb: z.number().min(0.1).max(25).default(10).describe('Largest file, in MB (1024 × 1024 bytes).'),
  types: z
    .array(z.enum(KINDS))
    .min(1)
    .default(['png', 'jpeg', 'webp', 'pdf', 'txt'])
    .describe('File types that are accepted.'),
});

export const siteSchema = z.strictObject({
  id: siteIdSchema.describe('Id of the site: the `data-site` of its widget. 1 to 48 characters: a-z, 0-9 and `-`.'),
  allowedOrigins: z
    .array(originSchema)
    .min(1)
    .describe('Origins of the pages that may show the widget, such as `https://www.acme.example`: without a path.'),
  name: z.string().min(1).max(80).describe('Name that visitors see in the header of the chat.'),
  greeting: greetingSchema
    .default('Hello. What can we help you with?')
    .describe('First message of a new conversation.'),
  suggestions: suggestionsSchema.default([]).describe('Up to 4 questions that a visitor can send with one click.'),
  languages: z
    .record(
      languageCodeSchema,
      z.strictObject({
        greeting: greetingSchema.exactOptional().describe('`greeting` in this language.'),
        suggestions: suggestionsSchema.exactOptional().describe('`suggestions` in this language.'),
      }),
    )
    .default({})
    .describe(
      'Greeting and suggestions for visitors whose page is in another language, by its code, such as `{"de": {"greeting": "Guten Tag. Wie können wir helfen?"}}`.',
    ),
  proactiveMessages: proactiveMessagesSchema
    .default([])
    .describe(
      'Up to 10 messages that the closed chat shows on its own, on the pages and after the time that you choose ([proactive-messages.md](proactive-messages.md)).',
    ),
  theme: themeSchema
    .prefault({})
    .describe('Look of the widget. Colours are adjusted where text or controls would be hard to read.'),
  locale: z
    .string()
    .max(35)
    .default('en')
    .describe("Language of the widget where the visitor's own language is not supported, as a BCP 47 tag."),
  ...identitySettings,
  handOff: z
    .strictObject({
      complex: z
        .boolean()
        .default(true)
        .describe('Opens a ticket for complex questions. With `false` the assistant tries to answer them.'),
      onNegativeSentiment: z.boolean().default(false).describe('Opens a ticket when a visitor is clearly unhappy.'),
      confidenceFloor: z
        .number()
        .min(0)
        .max(1)
        .default(0.35)
        .describe('Classifications with a lower confidence hand nothing off: the answer offers an agent instead.'),
    })
    .prefault({})
    .describe(
      'When a conversation is handed to agents. A request for a person, legal matters, fraud and danger always are.',
    ),
  hours: hoursSchema
    .optional()
    .describe(
      'When agents are available. Outside of these hours visitors learn when agents are back. If `SMTP_URL` is set, they can leave an e-mail address.',
    ),
  assignment: z
    .strictObject({
      inTurn: z
        .boolean()
        .default(false)
        .describe('Assigns new tickets to the online agent with the fewest open tickets.'),
      maxOpenTickets: z
        .int()
        .min(1)
        .max(500)
        .default(20)
        .describe('Tickets wait unassigned while every online agent has this many open tickets.'),
    })
    .prefault({})
    .describe('Who gets new tickets. Agents set on their own whether they are online.'),
  replyTargets: z
    .strictObject({
      critical: targetSchema.optional().describe('Minutes for tickets of critical urgency.'),
      high: targetSchema.optional().describe('Minutes for tickets of high urgency.'),
      normal: targetSchema.optional().describe('Minutes for tickets of normal urgency.'),
      low: targetSchema.optional().describe('Minutes for tickets of low urgency.'),
    })
    .default({})
    .describe(
      "Minutes until an agent's first reply to a ticket, counted within `hours`. Agents are warned before and when a target is missed.",
    ),
  agentSilenceMinutes: z
    .number()
    .min(1)
    .max(1440)
    .default(5)
    .describe(
      'Where an agent has taken over and the visitor has waited this many minutes for a reply, the widget offers the assistant meanwhile.',
    ),
  preChat: preChatSchema.optional().describe('What the widget asks before the first message. Agents see the answers.'),
  consent: consentSchema
    .optional()
    .describe(
      'What a visitor has to agree to before their first message, and again when the version changes. Nothing that they write is accepted or stored before. Version and time are kept with the conversation.',
    ),
  uploads: uploadsSchema
    .optional()
    .describe(
      'Lets visitors send files, and agents attach them to replies. Their content must match their extension. Without it no files are accepted.',
    ),
  answerWhileTyping: z
    .enum(['off', 'search', 'answer'])
    .default('off')
    .describe(
      'Sends what a visitor types to the server before Enter. `search` looks up articles in advance; `answer` also asks the models, and shows their answer if exactly this text is sent. A draft is never stored. See `docs/protocol.md`, "Drafts".',
    ),
  ...maskFields,
  articles: z
    .boolean()
    .default(true)
    .describe(
      'Lets visitors search and read the articles in the widget. With `false` they only see what answers quote.',
    ),
  dataRequests: z
    .boolean()
    .default(true)
    .describe(
      'Lets visitors download and delete their own data, and delete single conversations, in the widget. With `false` they ask you, and you use `npm run records` or the REST API ([privacy.md](privacy.md)).',
    ),
  pushText: z
    .boolean()
    .default(false)
    .describe(
      "Adds what the visitor wrote to the push notifications of agents' browsers. Without it, they name the ticket and the site alone. Only the browser can decrypt them, but it shows them on its lock screen.",
    ),
  retentionDays: z
    .int()
    .min(0)
    .max(3650)
    .default(RETENTION_DAYS)
    .describe('Deletes a conversation after this many days without activity. 0 keeps conversations for ever.'),
  retention: z
    .strictObject({
      fileDays: z
        .int()
        .min(1)
        .max(3650)
        .optional()
        .describe(
          'Deletes files that visitors and agents sent after this many days. The message keeps their names. Without it, they are deleted with their conversation.',
        ),
      callDays: z
        .int()
        .min(2)
        .max(3650)
        .optional()
        .describe('Instead of `storage.callDays`: days for which single model calls of this site are kept.'),
      auditDays: z
        .int()
        .min(0)
        .max(3650)
        .optional()
        .describe(
          'Instead of `storage.auditDays`: days for which entries of the audit log about this site are kept. 0 keeps them for ever.',
        ),
    })
    .optional()
    .describe('How long single kinds of records of this site are kept, where that differs.'),
  allowedRegions: z
    .array(regionSchema)
    .min(1)
    .optional()
    .describe(
      'Data residency: only model endpoints in these regions receive what visitors write. Where none of them can answer, a turn fails with `no-allowed-region`.',
    ),
});
export type Site = z.infer<typeof siteSchema>;

/**
 * Listed field by field, so that a new setting stays private until it is added here.
 * @param mail whether mail can be sent
 * @param visitorLocale the language of the visitor's page, if it is known
 */
export function siteView(
  {
    name,
    greeting,
    suggestions,
    languages,
    theme,
    locale,
    agentSilenceMinutes,
    hours,
    preChat,
    uploads,
    answerWhileTyping,
    dataRequests,
  }: Site,
  mail: boolean,
  visitorLocale = locale,
): SiteView {
  return {
    name,
    greeting,
    suggestions,
    ...languages[languageOf(visitorLocale)],
    theme: themeView(theme),
    locale,
    mail,
    agentSilenceMinutes,
    ...(hours && { hours }),
    ...(preChat && { preChat }),
    ...(uploads && { uploads }),
    ...(dataRequests && { dataRequests: true as const }),
    ...(answerWhileTyping !== 'off' && { answerWhileTyping: true as const }),
  };
}
