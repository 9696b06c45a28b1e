/** One site as its owner configures it, and the part of it that visitors may see. */
import { z } from 'zod';
import { REGIONS } from './catalog.ts';
import { FILE_TYPES, type FileType } from './files.ts';
import { type Hours, WEEKDAYS } from './hours.ts';
import { themeView } from './theme.ts';
import { type PreChatForm, type SiteView, siteIdSchema } from './wire.ts';

const originSchema = z
  .string()
  .regex(
    /^https?:\/\/(?:[a-z0-9.-]+|\[[0-9a-f:]+\])(?::\d{1,5})?$/,
    'an origin like https://shop.example, lower case, without path',
  );

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format() !== '';
  } catch {
    return false;
  }
}

const clockSchema = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'a time of day like 09:00');
const hoursSchema: z.ZodType<Hours> = z.strictObject({
  timeZone: z.string().refine(isTimeZone, 'a time zone like Europe/Berlin'),
  open: z
    .array(
      z
        .strictObject({ days: z.array(z.enum(WEEKDAYS)).min(1), from: clockSchema, to: clockSchema })
        .refine(({ from, to }) => from < to, '"to" comes after "from"; a night is two entries'),
    )
    .min(1),
});

/** For sites that name no time of their own, and for what is left of sites that are no longer there. */
export const RETENTION_DAYS = 90;

const colourSchema = z.string().regex(/^#[0-9a-fA-F]{6}$/, 'a colour like #1f6f5c');
const coloursSchema = z.strictObject({ surface: colourSchema.optional(), text: colourSchema.optional() });
/** Numbers, colours and names from a list: nothing here can carry CSS. */
const themeSchema = z.strictObject({
  accent: colourSchema.default('#1f6f5c'),
  radius: z.int('a whole number of pixels, 0 to 24').min(0).max(24).optional(),
  font: z.enum(['system', 'serif', 'rounded', 'mono']).optional(),
  light: coloursSchema.optional(),
  dark: coloursSchema.optional(),
});

const demandSchema = z.enum(['required', 'optional']);
const preChatSchema: z.ZodType<PreChatForm> = z
  .strictObject({
    name: demandSchema.optional(),
    email: demandSchema.optional(),
    question: z
      .strictObject({ label: z.string().trim().min(1).max(120), required: z.boolean().default(false) })
      .optional(),
  })
  .refine((form) => Object.values(form).some(Boolean), 'at least one of "name", "email" and "question"');

const KINDS = Object.keys(FILE_TYPES) as [FileType, ...FileType[]];
const uploadsSchema = z.strictObject({
  /** Megabytes (1024 × 1024 bytes) of one file. */
  maxMb: z.number().min(0.1).max(25).default(10),
  types: z.array(z.enum(KINDS)).min(1).default(['png', 'jpeg', 'webp', 'pdf', 'txt']),
});

export const siteSchema = z.strictObject({
  id: siteIdSchema,
  /** Exact origins of pages that may carry the widget. */
  allowedOrigins: z.array(originSchema).min(1),
  name: z.string().min(1).max(80),
  greeting: z.string().max(400).default('Hello. What can we help you with?'),
  suggestions: z.array(z.string().min(1).max(120)).max(4).default([]),
  theme: themeSchema.prefault({}),
  locale: z.string().max(35).default('en'),
  /** Signs visitors' identity tokens (HS256); at least 32 characters. May be given as "$ENV_NAME". */
  identitySecret: z.string().min(32).optional(),
  /** When people take over from the assistant. Rules (a wish for a person, legal, fraud, danger) hold whatever stands here. */
  handOff: z
    .strictObject({
      /** Complex questions go to people, with an analysis beside them; otherwise the assistant tries. */
      complex: z.boolean().default(true),
      onNegativeSentiment: z.boolean().default(false),
      /** A verdict that states less confidence is not believed. */
      confidenceFloor: z.number().min(0).max(1).default(0.35),
    })
    .prefault({}),
  /** When people answer. Outside of it visitors are told when somebody will be there. Absent: nothing is said. */
  hours: hoursSchema.optional(),
  /** What is asked before the first message. Absent: nothing. */
  preChat: preChatSchema.optional(),
  /** Files that visitors may send. Absent: none. */
  uploads: uploadsSchema.optional(),
  /** Hides e-mail addresses, phone, account and card numbers from the model that writes analyses. */
  maskPersonalData: z.boolean().default(false),
  /** A conversation goes with all that belongs to it when nothing has happened in it for so many days; 0 for never. */
  retentionDays: z.int('a whole number of days, 0 for never').min(0).max(3650).default(RETENTION_DAYS),
  /** Residency: what visitors write may go to model endpoints in these regions only. Absent: to any. */
  allowedRegions: z.array(z.enum(REGIONS)).min(1).optional(),
});
export type Site = z.infer<typeof siteSchema>;

/** Chosen field by field, so that a new setting is private until somebody makes it public. */
export function siteView({ name, greeting, suggestions, theme, locale, hours, preChat, uploads }: Site): SiteView {
  return {
    name,
    greeting,
    suggestions,
    theme: themeView(theme),
    locale,
    ...(hours && { hours }),
    ...(preChat && { preChat }),
    ...(uploads && { uploads }),
  };
}
