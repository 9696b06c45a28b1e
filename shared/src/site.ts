/** One site as its owner configures it, and the part of it that visitors may see. */
import { z } from 'zod';
import { FILE_TYPES } from './files.ts';
import { type Hours, WEEKDAYS } from './hours.ts';
import { keysOf } from './keys-of.ts';
import { languageOf } from './language.ts';
import { maskFields } from './masking.ts';
import { regionSchema } from './region.ts';
import { identitySettings } from './site-identity.ts';
import { themeView } from './theme.ts';
import { type PreChatForm, type SiteView, siteIdSchema } from './wire.ts';

/** Apps built with Capacitor, Ionic or Tauri have a scheme of their own. */
const ORIGIN = /^(?:https?|capacitor|ionic|tauri):\/\/(?:[a-z0-9.-]+|\[[0-9a-f:]+\])(?::\d{1,5})?$/;

/** Names the origin that was probably meant, where one can be read from what was given. */
function originFault(given: unknown): string {
  const [, scheme = '', user = '', host = '', path = ''] =
    /^(https?:\/\/)([^@/?#]*@)?([^/?#\s]+)(\S*)$/i.exec(String(given).trim()) ?? [];
  const origin = `${scheme}${host}`.toLowerCase();
  if (!ORIGIN.test(origin))
    return 'is not an origin. Use the scheme and host of the page, such as https://shop.example';
  if (user !== '') return `contains a user or password. Use ${origin}`;
  if (path === '/') return `ends with a slash. Use ${origin}`;
  return path === '' ? `is not written as browsers send it. Use ${origin}` : `has a path. Use ${origin}`;
}

const originSchema = z.string().regex(ORIGIN, { error: ({ input }) => originFault(input) });

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format() !== '';
  } catch {
    return false;
  }
}

const clockSchema = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'is not a time of day. Use 24-hour time such as 09:00');
const hoursSchema: z.ZodType<Hours> = z.strictObject({
  timeZone: z
    .string()
    .refine(isTimeZone, 'is not a time zone. Use an IANA name such as Europe/Berlin')
    .describe('IANA time zone of the opening hours, such as `Europe/Berlin`.'),
  open: z
    .array(
      z
        .strictObject({
          days: z.array(z.enum(WEEKDAYS)).min(1).describe('Weekdays on which this period applies.'),
          from: clockSchema.describe('Start, as 24-hour time such as `09:00`.'),
          to: clockSchema.describe('End, later than `from`; `24:00` for midnight.'),
        })
        .refine(({ from, to }) => from < to, 'has "to" before "from". Write hours past midnight as two periods'),
    )
    .min(1)
    .describe('Periods in which agents are available.'),
});

/** Also for conversations of sites that are no longer configured. */
export const RETENTION_DAYS = 90;

const colourSchema = z
  .string()
  .regex(/^#[0-9a-fA-F]{6}$/, 'is not a colour. Use # and six hexadecimal digits, such as #1f6f5c');
const coloursSchema = z.strictObject({
  surface: colourSchema.optional().describe('Background of the panel.'),
  text: colourSchema.optional().describe('Colour of the text.'),
});
/** Numbers, colours and names from a list: nothing here can carry CSS. */
const themeSchema = z.strictObject({
  accent: colourSchema.default('#1f6f5c').describe('Colour of the launcher, buttons and links.'),
  radius: z
    .int('is not allowed. Use a whole number of pixels from 0 to 24')
    .min(0)
    .max(24)
    .optional()
    .describe('Corner radius in pixels.'),
  font: z.enum(['system', 'serif', 'rounded', 'mono']).optional().describe('Font family.'),
  light: coloursSchema.optional().describe('Colours in the light scheme.'),
  dark: coloursSchema.optional().describe('Colours in the dark scheme.'),
});

const demandSchema = z.enum(['required', 'optional']);
const preChatSchema: z.ZodType<PreChatForm> = z
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

const consentSchema = z.strictObject({
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

const greetingSchema = z.string().max(400);
const suggestionsSchema = z.array(z.string().min(1).max(120)).max(4);
const languageSchema = z
  .string()
  .regex(/^[a-z]{2,3}$/, 'is not a language. Use a code of two or three letters such as de, without a region');

/** At most a week. */
const targetSchema = z.int().min(1).max(10_080);

const KINDS = keysOf(FILE_TYPES);
const uploadsSchema = z.strictObject({
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
      languageSchema,
      z.strictObject({
        greeting: greetingSchema.exactOptional().describe('`greeting` in this language.'),
        suggestions: suggestionsSchema.exactOptional().describe('`suggestions` in this language.'),
      }),
    )
    .default({})
    .describe(
      'Greeting and suggestions for visitors whose page is in another language, by its code, such as `{"de": {"greeting": "Guten Tag. Wie können wir helfen?"}}`.',
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
    .describe('Lets visitors send files, whose content must match their extension. Without it they cannot.'),
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
      'Lets visitors download and delete their own data in the menu of the widget. With `false` they ask you, and you use `npm run records` or the REST API ([privacy.md](privacy.md)).',
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
          'Deletes files that visitors sent after this many days. The message keeps their names. Without it, they are deleted with their conversation.',
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
