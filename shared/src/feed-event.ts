/** The events of the conversation feed: what has happened to a conversation, for everything that follows it. */
import { z } from 'zod';
import { preChatAnswersSchema } from './console-wire.ts';
import { regionSchema } from './region.ts';
import { HAND_OFF_REASONS, storedVerdictSchema, ticketSchema, URGENCIES } from './ticket.ts';
import { visitorProfileSchema } from './visitor-profile.ts';
import { messageSchema, responderSchema, turnEndStateSchema } from './wire.ts';

/**
 * The version of the events that this release writes. A new field is optional and keeps the version. A field that changes its
 * meaning needs a new version, which one release reads before the next one writes it.
 */
export const FEED_EVENT_VERSION = 1;

/** A visitor's rating: of one answer, or of the whole conversation. */
export const ratingSchema = z.discriminatedUnion('of', [
  z.object({
    of: z.literal('message'),
    messageId: z.string(),
    value: z.enum(['up', 'down']),
    reason: z.string().optional(),
  }),
  z.object({ of: z.literal('conversation'), score: z.int().min(1).max(5), comment: z.string().optional() }),
]);
export type Rating = z.infer<typeof ratingSchema>;

/** What a ticket is opened with. */
export const handOffRequestSchema = z.object({
  openedBy: z.enum(['assistant', 'visitor', 'agent']),
  reason: z.enum(HAND_OFF_REASONS),
  urgency: z.enum(URGENCIES),
  /** The visitor's message that led to the hand-off, shortened. */
  firstLine: z.string(),
  /** The language that the visitor writes in. */
  language: z.string().optional(),
  /** Since when the visitor has been waiting, in milliseconds since 1970. */
  waitingSince: z.number().optional(),
  verdict: storedVerdictSchema.optional(),
  /** Whether the ticket gets an analysis. */
  analyse: z.boolean(),
  /** The site has identified the visitor, or the conversation has had a ticket: its analysis comes before those of others. */
  known: z.boolean().optional(),
  /** The conversation's previous ticket. */
  follows: z.string().optional(),
  /** The language of the visitor's page. */
  locale: z.string().optional(),
  /** Where replies are e-mailed. */
  email: z.string().optional(),
});
export type HandOffRequested = z.infer<typeof handOffRequestSchema>;

/** `reopened`: of a resolved ticket; `joined`: the conversation has an open ticket already. */
export const HAND_OFF_EFFECTS = ['opened', 'reopened', 'joined'] as const;
export type HandOffEffect = (typeof HAND_OFF_EFFECTS)[number];

const origin = z.object({
  v: z.literal(FEED_EVENT_VERSION),
  /** Unique in its conversation. A repeated delivery has the same one. */
  eventId: z.string(),
  /** By Redis' clock, in milliseconds since 1970. */
  at: z.number(),
  siteId: z.string(),
  conversationId: z.string(),
  /** Absent before the visitor's first message. */
  visitorId: z.string().optional(),
  /** The language of the visitor's page at their last message. */
  locale: z.string().optional(),
  /** The ticket that the event is about; for messages, ratings and marks the conversation's open ticket. */
  ticketId: z.string().optional(),
});

const eventSchemas = [
  origin.extend({
    type: z.literal('message'),
    message: messageSchema,
    /** Known for what a visitor has written. */
    region: regionSchema.optional(),
    /** The site has verified the visitor's identity. Known for what a visitor has written. */
    identified: z.boolean().optional(),
  }),
  origin.extend({
    type: z.literal('turn-ended'),
    turnId: z.string(),
    /** `seq` of the visitor's message that the turn answered. */
    messageSeq: z.int().min(1),
    /** The first of several messages that it answered together. */
    firstSeq: z.int().min(1).optional(),
    state: turnEndStateSchema,
    /** `seq` of the answer, whose `message` event comes before this one; absent when nothing was stored. */
    seq: z.int().min(1).optional(),
    /** Why this model answered. */
    why: z.string().optional(),
  }),
  origin.extend({
    type: z.literal('responder-changed'),
    responder: responderSchema,
    /** The agent who has taken over. */
    agent: z.object({ id: z.string(), name: z.string() }).optional(),
  }),
  origin.extend({
    type: z.literal('hand-off-requested'),
    ticketId: z.string(),
    request: handOffRequestSchema,
    effect: z.enum(HAND_OFF_EFFECTS).default('opened'),
    /** Counts up in each conversation, except for `joined`. */
    handOff: z.int().min(1).optional(),
  }),
  origin.extend({ type: z.literal('rated'), rating: ratingSchema }),
  /** The visitor has filled in the pre-chat form. Usually before the first message. */
  origin.extend({ type: z.literal('pre-chat-answered'), preChat: preChatAnswersSchema }),
  /** The site has identified the visitor, or states something new about them. */
  origin.extend({ type: z.literal('visitor-identified'), profile: visitorProfileSchema }),
  /** The visitor has read up to this message. */
  origin.extend({ type: z.literal('read'), seq: z.int().min(1) }),
  /** Comes after the `responder-changed` to `closed`. */
  origin.extend({
    type: z.literal('conversation-closed'),
    resolution: ticketSchema.shape.resolution,
  }),
  /** Everything stored of the conversation so far is to be deleted. */
  origin.extend({ type: z.literal('conversation-erased') }),
] as const;

export const feedEventSchema = z.discriminatedUnion('type', eventSchemas);
export type FeedEvent = z.infer<typeof feedEventSchema>;
export type FeedEventType = FeedEvent['type'];
/** The events of some types: `FeedEventOf<'message' | 'read'>`. */
export type FeedEventOf<Type extends FeedEventType> = Extract<FeedEvent, { type: Type }>;
