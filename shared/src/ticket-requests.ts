/** What the REST API accepts about tickets: the list's filters, and each action's body. */
import { z } from 'zod';
import { REJECT_REASONS } from './analysis.ts';
import { ATTACHMENTS_MAX, MESSAGE_TEXT_MAX, TAGS_MAX } from './limits.ts';
import { traitQuery } from './list-filter.ts';
import { handlingSchema, RESOLUTION_CODES, TICKET_STATES, tagSchema, URGENCIES } from './ticket.ts';
import { TICKET_VIEWS } from './ticket-views.ts';

/** Chosen by the client for each action. Repeating a request with the same key has no second effect. */
const idempotencyKey = z.uuid();
const expectedVersion = z.int().min(1);
const change = { expectedVersion, idempotencyKey };
const MENTIONS_MAX = 10;
/** Ids of files that the caller has uploaded for this reply: `POST /api/v1/tickets/:id/files`. */
const attachments = z
  .array(z.uuid())
  .max(ATTACHMENTS_MAX)
  .refine((ids) => new Set(ids).size === ids.length, 'The same file is attached twice.')
  .default([]);

/** `GET /api/v1/tickets` */
export const ticketListQuerySchema = z.strictObject({
  /** `mine` are those of the caller; `all` also has what the other views have. */
  view: z.enum([...TICKET_VIEWS, 'all']).default('review'),
  /** Words of messages, or a part of the first line, a name, an e-mail address or an id; `#12` for a number. */
  q: z.string().trim().min(1).max(200).optional(),
  site: z.string().min(1).max(64).optional(),
  state: z.enum(TICKET_STATES).optional(),
  urgency: z.enum(URGENCIES).optional(),
  tag: tagSchema.optional(),
  /** An agent's id. */
  assignee: z.string().min(1).max(64).optional(),
  ...traitQuery,
  /** Opaque: `nextCursor` of the page before, with the same other parameters. */
  cursor: z.string().min(1).max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});
export type TicketListQuery = z.output<typeof ticketListQuerySchema>;

/** `POST /api/v1/tickets/:id/<action>` */
export const ticketActionSchemas = {
  claim: z.strictObject(change),
  /** Changes only the assignee. */
  assign: z.strictObject({ ...change, agentId: z.string().max(64) }),
  'hand-back': z.strictObject(change),
  resolve: z.strictObject({ ...change, code: z.enum(RESOLUTION_CODES) }),
  reopen: z.strictObject(change),
  snooze: z.strictObject({ ...change, until: z.number().optional(), reason: z.string().max(300).optional() }),
  'mark-spam': z.strictObject(change),
  /** Closes the ticket in favour of another one of the same site. */
  merge: z.strictObject({ ...change, intoTicketId: z.string().max(64) }),
  /** Undoes `mark-spam` or `merge`. */
  restore: z.strictObject(change),
  /** Sends a message that the agent wrote, and files. Without files it needs a text. */
  reply: z
    .strictObject({ ...change, text: z.string().trim().max(MESSAGE_TEXT_MAX), attachments })
    .refine(({ text, attachments: files }) => text !== '' || files.length > 0, {
      path: ['text'],
      message: 'A reply needs a text or an attachment.',
    }),
  /** Sends the proposed reply. The review verdict becomes `approved`, or `edited` if the text was changed. */
  approve: z.strictObject({
    ...change,
    runId: z.string().max(64),
    text: z.string().trim().min(1).max(MESSAGE_TEXT_MAX),
    attachments,
  }),
  reject: z.strictObject({
    ...change,
    runId: z.string().max(64),
    reason: z.enum(REJECT_REASONS),
    note: z.string().max(1000).optional(),
    /** Queue another analysis whose prompt includes the reason and the note. */
    rerun: z.boolean().default(false),
  }),
  rerun: z.strictObject({ ...change, modelId: z.string().max(100).optional() }),
  note: z.strictObject({
    ...change,
    text: z.string().trim().min(1).max(2000),
    /** Ids of agents who are notified of it. */
    mentions: z.array(z.string().min(1).max(64)).max(MENTIONS_MAX).default([]),
  }),
  /** Adds and removes tags. */
  tag: z.strictObject({
    ...change,
    add: z.array(tagSchema).max(TAGS_MAX).default([]),
    remove: z.array(tagSchema).max(TAGS_MAX).default([]),
  }),
  'correct-verdict': z.strictObject({ ...change, handling: handlingSchema }),
} as const;
export type AgentAction = keyof typeof ticketActionSchemas;
/** The request body of an action. Browsers import this type and never the schemas. */
export type ActionBody<A extends AgentAction> = z.input<(typeof ticketActionSchemas)[A]>;

const BULK_MAX = 200;
const bulk = { ticketIds: z.array(z.string().min(1).max(64)).min(1).max(BULK_MAX), idempotencyKey };
/** What can be done with many tickets at once: `POST /api/v1/tickets/<action>`. */
export const bulkActionSchemas = {
  claim: z.strictObject(bulk),
  assign: z.strictObject({ ...bulk, agentId: z.string().max(64) }),
  resolve: z.strictObject({ ...bulk, code: z.enum(RESOLUTION_CODES) }),
  snooze: z.strictObject({ ...bulk, until: z.number().optional() }),
  'mark-spam': z.strictObject(bulk),
  restore: z.strictObject(bulk),
} as const;
export type BulkAction = keyof typeof bulkActionSchemas;
export type BulkRequest<A extends BulkAction> = z.input<(typeof bulkActionSchemas)[A]>;
/** A ticket that the action does not apply to any more is left as it is. */
export const bulkOutcomeSchema = z.object({
  done: z.array(z.string()),
  notDone: z.array(z.object({ ticketId: z.string(), why: z.string() })),
});
export type BulkOutcome = z.infer<typeof bulkOutcomeSchema>;
