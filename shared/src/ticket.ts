/** A ticket: a conversation that needs an agent. Its states, reasons and actions, as `docs/tickets.md` explains. */
import { z } from 'zod';
import { ANALYSIS_STATES, REVIEW_VERDICTS } from './analysis-states.ts';
import { TAG_TEXT_MAX } from './limits.ts';

export const TICKET_STATES = [
  'new',
  'analyzing',
  'needs-review',
  'in-progress',
  'waiting-visitor',
  'snoozed',
  'resolved',
  'closed',
  'merged',
  'spam',
] as const;
export type TicketState = (typeof TICKET_STATES)[number];

export const HAND_OFF_REASONS = [
  'visitor-request',
  'complex',
  'missing-knowledge',
  'policy',
  'low-confidence',
  'negative-sentiment',
  'legal',
  'action-failure',
  'model-unavailable',
  'budget',
] as const;
export type HandOffReason = (typeof HAND_OFF_REASONS)[number];

export const URGENCIES = ['low', 'normal', 'high', 'critical'] as const;
export type Urgency = (typeof URGENCIES)[number];

/** Every action that can change a ticket's state. `ticket-transitions.ts` says who may take which from where. */
export const TICKET_ACTIONS = [
  'open',
  'start-analysis',
  'finish-analysis',
  'claim',
  'assign',
  'reply',
  'snooze',
  'wake',
  'hand-back',
  'resume-assistant',
  'resolve',
  'reopen',
  'close',
  'mark-spam',
  'restore',
  'merge',
] as const;
export type TicketAction = (typeof TICKET_ACTIONS)[number];

/** What an agent chooses from. */
export const RESOLUTION_CODES = ['answered', 'solved', 'no-reply', 'not-possible', 'duplicate', 'other'] as const;

const TAG = /^[\p{L}\p{N}][\p{L}\p{N}\p{M}_-]*$/u;
export const tagSchema = z
  .string()
  .trim()
  .toLowerCase()
  .min(1)
  .max(TAG_TEXT_MAX)
  .refine((tag) => TAG.test(tag), 'use letters, digits, "-" and "_", such as late-delivery');

const actorSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('agent'), id: z.string(), name: z.string() }),
  z.object({ kind: z.enum(['visitor', 'assistant', 'system']) }),
]);
export type Actor = z.infer<typeof actorSchema>;

export const ticketSchema = z.object({
  id: z.string(),
  /** Counts up per site. Shown instead of the id. */
  number: z.int().min(1),
  siteId: z.string(),
  conversationId: z.string(),
  state: z.enum(TICKET_STATES),
  /** Increases with every change; a change names the version it expects. */
  version: z.int().min(1),
  /** Increases when the visitor writes, which makes an analysis outdated; one analysis is stored per revision. */
  revision: z.int().min(1),
  reason: z.enum(HAND_OFF_REASONS),
  urgency: z.enum(URGENCIES),
  /** The visitor's message that led to the ticket, shortened. */
  firstLine: z.string(),
  /** The language that the visitor writes in. */
  language: z.string().optional(),
  /** The language of the visitor's page. */
  locale: z.string().optional(),
  openedBy: z.enum(['assistant', 'visitor', 'agent']),
  openedAt: z.number(),
  changedAt: z.number(),
  /** Since when the visitor has been waiting for an agent; a hand-off does not reset it. */
  waitingSince: z.number().optional(),
  /** By when the site wants an agent's first reply. */
  target: z
    .object({
      /** When agents are warned that it is near. */
      warnAt: z.number(),
      at: z.number(),
      /** What agents were warned of last. */
      warned: z.enum(['near', 'missed']).exactOptional(),
      /** When an agent first replied. */
      repliedAt: z.number().exactOptional(),
    })
    .optional(),
  assignee: z.object({ id: z.string(), name: z.string() }).optional(),
  snoozedUntil: z.number().optional(),
  /** `withdrawn`: the visitor no longer needs an agent. */
  resolution: z.enum([...RESOLUTION_CODES, 'withdrawn']).optional(),
  reopened: z.int().min(0),
  /** The conversation's previous ticket. */
  follows: z.string().optional(),
  /** The ticket that it was merged into. */
  mergedInto: z.object({ id: z.string(), number: z.int().min(1) }).optional(),
  email: z.string().optional(),
  /** In the order in which agents added them. */
  tags: z.array(z.string()).optional(),
  /** The newest run, for lists. */
  analysis: z
    .object({
      runId: z.string(),
      state: z.enum(ANALYSIS_STATES),
      verdict: z.enum(REVIEW_VERDICTS),
      /** The visitor has written since. */
      stale: z.boolean(),
    })
    .optional(),
});
export type Ticket = z.infer<typeof ticketSchema>;

/** One line of a ticket's history. */
export const ticketEventSchema = z.object({
  at: z.number(),
  action: z.union([
    z.enum(TICKET_ACTIONS),
    z.enum(['approve', 'edit', 'reject', 'rerun', 'note', 'tag', 'correct-verdict']),
  ]),
  actor: actorSchema,
  from: z.enum(TICKET_STATES).optional(),
  to: z.enum(TICKET_STATES),
  version: z.int(),
  reason: z.string().optional(),
});
export type TicketEvent = z.infer<typeof ticketEventSchema>;

/** How a message is to be handled, as triage decides. `agent`: an agent has to answer it. */
export const HANDLINGS = ['answer', 'complex', 'agent', 'smalltalk', 'off-topic'] as const;
export const handlingSchema = z.enum(HANDLINGS);
export type Handling = (typeof HANDLINGS)[number];

export const SENTIMENTS = ['positive', 'neutral', 'negative'] as const;
export type Sentiment = (typeof SENTIMENTS)[number];

/** The triage verdict on the message that led to the ticket, the rules that decided, and an agent's correction. */
export const storedVerdictSchema = z.object({
  handling: handlingSchema,
  /** `rule:…`: a rule decided without a model; `model`: the verdict did; `site`: a policy did. */
  reasons: z.array(z.string()),
  confidence: z.number().min(0).max(1).optional(),
  sentiment: z.enum(SENTIMENTS).optional(),
  language: z.string().optional(),
  topic: z.string().optional(),
  correctedTo: handlingSchema.optional(),
});
export type StoredVerdict = z.infer<typeof storedVerdictSchema>;
