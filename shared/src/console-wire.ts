/** What the REST API answers about tickets, and its errors: one schema for each response. */
import { z } from 'zod';
import { analysisRunSchema } from './analysis.ts';
import { costViewSchema } from './model-calls.ts';
import { phraseSchema } from './phrase.ts';
import { siteNameSchema } from './reports.ts';
import { settingFaultSchema } from './setting-fault.ts';
import { uploadsSchema } from './site.ts';
import { storedVerdictSchema, ticketEventSchema, ticketSchema } from './ticket.ts';
import { COUNTED_VIEWS } from './ticket-views.ts';
import { visitorProfileSchema } from './visitor-profile.ts';
import { messageSchema, responderSchema, sentFileSchema } from './wire.ts';

/** `GET /api/v1/ticket-tags`: tags of recent tickets, the most frequent first. */
export const tagListSchema = z.object({ tags: z.array(z.string()) });
export type TagList = z.infer<typeof tagListSchema>;

const count = z.int().min(0);

/** `GET /api/v1/tickets` */
export const ticketListSchema = z.object({
  tickets: z.array(ticketSchema),
  /** Absent on the last page. */
  nextCursor: z.string().exactOptional(),
  /** Those that the caller has access to. */
  sites: z.array(siteNameSchema),
  /** Of the site, whatever the other filters. */
  counts: z.record(z.enum(COUNTED_VIEWS), count),
});
export type TicketList = z.infer<typeof ticketListSchema>;

/** What the visitor entered before the first message. Also the stored row. */
export const preChatAnswersSchema = z.object({
  name: z.string().exactOptional(),
  email: z.string().exactOptional(),
  /** The site's question, as it was worded then. */
  question: z.string().exactOptional(),
  answer: z.string().exactOptional(),
  /** The consent text that the visitor agreed to last, and when, in milliseconds since 1970. */
  consent: z.object({ version: z.string(), at: z.number() }).exactOptional(),
});
export type PreChatAnswers = z.infer<typeof preChatAnswersSchema>;

/** A note that only agents see. Also the stored row. */
export const ticketNoteSchema = z.object({
  at: z.number(),
  author: z.string(),
  text: z.string(),
  /** The agents who were notified of it. */
  mentions: z.array(z.object({ id: z.string(), name: z.string() })).exactOptional(),
});
export type TicketNote = z.infer<typeof ticketNoteSchema>;

/** `GET /api/v1/tickets/:id`, and the response to every ticket action. */
export const ticketDetailSchema = z.object({
  ticket: ticketSchema,
  responder: responderSchema,
  messages: z.array(messageSchema),
  /** `seq` up to which the visitor has read; 0 when nothing. */
  readSeq: count,
  /** When the visitor read the last agent's message that they have read, in milliseconds since 1970. */
  seenAt: z.number().exactOptional(),
  /** Newest first. */
  runs: z.array(analysisRunSchema),
  verdict: storedVerdictSchema.exactOptional(),
  events: z.array(ticketEventSchema),
  notes: z.array(ticketNoteSchema),
  /** Of this conversation, so far. */
  cost: costViewSchema,
  preChat: preChatAnswersSchema.exactOptional(),
  /** Who wrote, and from where, as the archive has it. */
  visitor: z
    .object({ id: z.string().exactOptional(), locale: z.string().exactOptional(), region: z.string().exactOptional() })
    .exactOptional(),
  /** What the site states about a visitor whom it has identified. */
  profile: visitorProfileSchema.exactOptional(),
  /** The files that a reply may carry; absent where the site accepts none. */
  uploads: uploadsSchema.exactOptional(),
  /** Where replies are e-mailed; absent until an address is verified by the site or confirmed by the visitor. */
  repliesTo: z.string().exactOptional(),
  /** The visitor's ratings of single answers. */
  ratings: z.array(
    z.object({ messageId: z.string(), value: z.enum(['up', 'down']), reason: z.string().exactOptional() }),
  ),
  /** The visitor's rating of the whole conversation, 1 to 5. */
  satisfaction: z.object({ score: z.number(), comment: z.string().exactOptional() }).exactOptional(),
});
export type TicketDetail = z.infer<typeof ticketDetailSchema>;

/** `POST /api/v1/tickets/:id/files` */
export const attachedFileSchema = z.object({ file: sentFileSchema });
export type AttachedFile = z.infer<typeof attachedFileSchema>;

/** Every error response of the REST API. */
export const apiErrorSchema = z.object({
  code: z.enum([
    'bad-request',
    'signed-out',
    /** The password is right, and the account also needs a code. */
    'code-required',
    'forbidden',
    'not-found',
    /** Another agent changed the ticket first; `detail` holds its current state. */
    'conflict',
    'not-allowed',
    'rate-limited',
    'unavailable',
  ]),
  message: z.string(),
  /** The message in parts, for readers in another language. */
  phrase: phraseSchema.exactOptional(),
  retryAfterMs: z.number().exactOptional(),
  /** Why an uploaded file was refused. */
  fileFault: z.enum(['type', 'content', 'unsafe', 'too-large', 'too-many']).exactOptional(),
  /** What is wrong with settings that were refused. */
  settingFaults: z.array(settingFaultSchema).exactOptional(),
  detail: ticketDetailSchema.exactOptional(),
});
export type ApiError = z.infer<typeof apiErrorSchema>;
