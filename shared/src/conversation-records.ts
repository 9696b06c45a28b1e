/** Conversations as the archive keeps them: what REST and the console list, filter, search and page through. */
import { z } from 'zod';

import { preChatAnswersSchema } from './console-wire.ts';
import type { Rating } from './feed-event.ts';
import { NUMBER_MAX } from './limits.ts';
import { traitQuery } from './list-filter.ts';
import { ticketCallsSchema } from './model-calls.ts';
import { siteNameSchema } from './reports.ts';
import { visitorProfileSchema } from './visitor-profile.ts';
import { type Message, messageSchema, responderSchema, siteIdSchema } from './wire.ts';

/** Conversations or messages per page. */
const PAGE_MAX = 100;
const SEARCH_TEXT_MAX = 200;
const limit = z.coerce.number().int().min(1).max(PAGE_MAX).default(50);
/** Opaque: `next` of the page before. */
const cursor = z.string().min(1).max(200);
const day = z.iso.date('is not a day. Use YYYY-MM-DD, such as 2026-05-20');

export const conversationSummarySchema = z.object({
  id: z.string(),
  siteId: z.string(),
  /** Absent before the visitor's first message. */
  visitorId: z.string().exactOptional(),
  name: z.string().exactOptional(),
  email: z.string().exactOptional(),
  /** The site has identified the visitor, and states name and e-mail address. Otherwise the visitor typed them. */
  verified: z.literal(true).exactOptional(),
  /** The language of the visitor's page. */
  locale: z.string().exactOptional(),
  startedAt: z.number(),
  /** When the last message was stored. */
  lastAt: z.number(),
  /** `seq` of the last message, which is their number; 0 for none. */
  lastSeq: z.int().min(0),
  /** The visitor's first message, shortened. */
  firstLine: z.string(),
  responder: responderSchema,
  /** The newest ticket. */
  ticketId: z.string().exactOptional(),
  /** Numbers of answers that the visitor has rated. */
  ratings: z.object({ up: z.int().min(0), down: z.int().min(0) }),
  /** The visitor's rating of the whole conversation, 1 to 5. */
  satisfaction: z.object({ score: z.number(), comment: z.string().exactOptional() }).exactOptional(),
});
export type ConversationSummary = z.infer<typeof conversationSummarySchema>;

/** A part of a message that a search has found. */
export const foundTextSchema = z.object({
  seq: z.int().min(1),
  /** Around the first found word, on one line; `…` where it was cut. */
  excerpt: z.string(),
  /** Start and end of each found word in `excerpt`, in UTF-16 code units. */
  marks: z.array(z.tuple([z.int().min(0), z.int().min(1)])),
});
export type FoundText = z.infer<typeof foundTextSchema>;

export const listedConversationSchema = conversationSummarySchema.extend({
  /** The first message with the words of `q`; absent when `q` was found in a name, an e-mail address or an id. */
  match: foundTextSchema.exactOptional(),
});
export type ListedConversation = z.infer<typeof listedConversationSchema>;

/** `GET /api/v1/conversations` */
export const conversationListQuerySchema = z.strictObject({
  site: siteIdSchema.optional(),
  /** Words of messages, or a part of a name, an e-mail address or an id. */
  q: z.string().trim().min(1).max(SEARCH_TEXT_MAX).optional(),
  responder: responderSchema.optional(),
  /** Whether there is a ticket. */
  ticket: z.enum(['with', 'without']).optional(),
  ...traitQuery,
  /** The last message is at most ten minutes old, and the conversation isn't closed. */
  live: z.literal('yes').optional(),
  visitor: z.string().min(1).max(64).optional(),
  /** First and last day of the last message, in UTC. */
  from: day.optional(),
  to: day.optional(),
  cursor: cursor.optional(),
  limit,
});
export const conversationListSchema = z.object({
  /** The newest message first. */
  conversations: z.array(listedConversationSchema),
  /** The cursor of the next page; absent on the last one. */
  next: z.string().exactOptional(),
  /** All sites, whatever the filter. */
  sites: z.array(siteNameSchema),
});
export type ConversationList = z.infer<typeof conversationListSchema>;

/** `GET /api/v1/conversations/:id` */
export const conversationQuerySchema = z.strictObject({
  /** Return messages before this `seq`; absent: the newest. */
  before: z.coerce.number().int().min(1).max(NUMBER_MAX).optional(),
  limit,
});
export const conversationDetailSchema = z.object({
  conversation: conversationSummarySchema,
  /** In order. */
  messages: z.array(messageSchema),
  /** Whether there are messages before these. */
  earlier: z.boolean(),
  ratings: z.array(
    z.object({ messageId: z.string(), value: z.enum(['up', 'down']), reason: z.string().exactOptional() }),
  ),
  preChat: preChatAnswersSchema.exactOptional(),
  /** What the site states about a visitor whom it has identified. */
  profile: visitorProfileSchema.exactOptional(),
  /** Where the visitor's last message came from. */
  region: z.string().exactOptional(),
  /** The site has verified the visitor's identity. */
  identified: z.boolean().exactOptional(),
});
export type ConversationDetail = z.infer<typeof conversationDetailSchema>;

/** `GET /api/v1/conversations/:id/calls` */
export const conversationCallsSchema = ticketCallsSchema.omit({ ticket: true });
export type ConversationCalls = z.infer<typeof conversationCallsSchema>;

/** `GET /api/v1/messages/search` */
export const messageSearchQuerySchema = z.strictObject({
  q: z.string().trim().min(1).max(SEARCH_TEXT_MAX),
  site: siteIdSchema.optional(),
  cursor: cursor.optional(),
  limit,
});
export const foundMessageSchema = z.object({
  conversationId: z.string(),
  siteId: z.string(),
  message: messageSchema,
});
export type FoundMessage = z.infer<typeof foundMessageSchema>;
export const messageSearchSchema = z.object({
  /** The newest first. */
  messages: z.array(foundMessageSchema),
  next: z.string().exactOptional(),
});
export type MessageSearch = z.infer<typeof messageSearchSchema>;

/** What makes a conversation complete again of which only the head is in Redis. */
export interface ConversationTail {
  /** The last messages, in order. */
  readonly messages: readonly Message[];
  /** The messages before: their ids and texts show whether a send is a repetition. */
  readonly earlier: readonly Pick<Message, 'seq' | 'id' | 'from' | 'text'>[];
  readonly ratings: readonly Rating[];
}
