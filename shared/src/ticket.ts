/** A ticket: a conversation that needs people. States, reasons and the moves between them, as `docs/tickets.md` explains. */
import { z } from 'zod';

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

/** Everything that can move a ticket. Who may do what from which state stands in one table (server/src/tickets). */
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
  'resolve',
  'reopen',
  'close',
  'mark-spam',
  'restore',
  'merge',
] as const;
export type TicketAction = (typeof TICKET_ACTIONS)[number];

export const RESOLUTION_CODES = ['answered', 'solved', 'no-reply', 'not-possible', 'duplicate', 'other'] as const;

const actorSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('agent'), id: z.string(), name: z.string() }),
  z.object({ kind: z.enum(['visitor', 'assistant', 'system']) }),
]);
export type Actor = z.infer<typeof actorSchema>;

export const ticketSchema = z.object({
  id: z.string(),
  /** Counts up for each site; what people say aloud. */
  number: z.int().min(1),
  siteId: z.string(),
  conversationId: z.string(),
  state: z.enum(TICKET_STATES),
  /** Raised by every change; a change names the version it expects. */
  version: z.int().min(1),
  /** Raised by what makes an analysis outdated; one analysis is stored for each. */
  revision: z.int().min(1),
  reason: z.enum(HAND_OFF_REASONS),
  urgency: z.enum(URGENCIES),
  /** The visitor's words that led here, shortened. */
  firstLine: z.string(),
  /** What the visitor writes in. */
  language: z.string().optional(),
  /** What the visitor's page speaks. */
  locale: z.string().optional(),
  openedBy: z.enum(['assistant', 'visitor', 'agent']),
  openedAt: z.number(),
  changedAt: z.number(),
  /** Since when the visitor waits for a person; not reset by a hand-off. */
  waitingSince: z.number().optional(),
  assignee: z.object({ id: z.string(), name: z.string() }).optional(),
  snoozedUntil: z.number().optional(),
  resolution: z.enum(RESOLUTION_CODES).optional(),
  reopened: z.int().min(0),
  /** The ticket that this one follows. */
  follows: z.string().optional(),
  /** Where its matter goes on. */
  mergedInto: z.object({ id: z.string(), number: z.int().min(1) }).optional(),
  email: z.string().optional(),
  /** The newest run, for lists. */
  analysis: z
    .object({
      runId: z.string(),
      state: z.enum(['queued', 'running', 'completed', 'partial', 'failed', 'cancelled', 'superseded']),
      verdict: z.enum(['pending', 'approved', 'edited', 'rejected', 'superseded']),
      /** The visitor has said more since. */
      stale: z.boolean(),
    })
    .optional(),
});
export type Ticket = z.infer<typeof ticketSchema>;

/** One line of a ticket's history. */
export const ticketEventSchema = z.object({
  at: z.number(),
  action: z.union([z.enum(TICKET_ACTIONS), z.enum(['approve', 'edit', 'reject', 'rerun', 'note', 'correct-verdict'])]),
  actor: actorSchema,
  from: z.enum(TICKET_STATES).optional(),
  to: z.enum(TICKET_STATES),
  version: z.int(),
  reason: z.string().optional(),
});
export type TicketEvent = z.infer<typeof ticketEventSchema>;

/** What triage said of the message that led here, why the rules agreed or not, and an agent's correction. */
export const storedVerdictSchema = z.object({
  handling: z.enum(['answer', 'complex', 'person', 'smalltalk', 'off-topic']),
  /** `rule:…` names a rule that decided without a model, `model` the verdict, `site` a policy. */
  reasons: z.array(z.string()),
  confidence: z.number().min(0).max(1).optional(),
  sentiment: z.enum(['positive', 'neutral', 'negative']).optional(),
  language: z.string().optional(),
  topic: z.string().optional(),
  correctedTo: z.enum(['answer', 'complex', 'person', 'smalltalk', 'off-topic']).optional(),
});
export type StoredVerdict = z.infer<typeof storedVerdictSchema>;
