/** The REST API that the console uses, under `/api/v1`: one schema for each request body, query and response. */
import { z } from 'zod';
import { analysisRunSchema, REJECT_REASONS } from './analysis.ts';
import { MESSAGE_TEXT_MAX, TAGS_MAX } from './limits.ts';
import { traitQuery } from './list-filter.ts';
import { AGENT_ROLES } from './permissions.ts';
import { siteNameSchema } from './reports.ts';
import {
  handlingSchema,
  RESOLUTION_CODES,
  storedVerdictSchema,
  TICKET_STATES,
  tagSchema,
  ticketEventSchema,
  ticketSchema,
  URGENCIES,
} from './ticket.ts';
import { COUNTED_VIEWS, TICKET_VIEWS } from './ticket-views.ts';
import { visitorProfileSchema } from './visitor-profile.ts';
import { messageSchema, responderSchema } from './wire.ts';

export const emailSchema = z.string().trim().toLowerCase().max(254).pipe(z.email('an e-mail address'));
const passwordSchema = z.string().min(12, 'at least 12 characters').max(200);
/** Chosen by the client for each action. Repeating a request with the same key has no second effect. */
const idempotencyKey = z.uuid();
const expectedVersion = z.int().min(1);
const change = { expectedVersion, idempotencyKey };
const MENTIONS_MAX = 10;

/** `POST /api/v1/first-run`: creates the first agent with the one-time link's token. */
export const firstRunSchema = z.strictObject({
  token: z.string().min(20).max(200),
  email: emailSchema,
  name: z.string().trim().min(1).max(80),
  password: passwordSchema,
});
/** `POST /api/v1/first-run/link`: what a one-time link is for. */
export const linkQuerySchema = z.strictObject({ token: z.string().min(1).max(200) });
export const linkViewSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('first-run') }),
  z.object({ kind: z.literal('invite'), email: z.string() }),
  z.object({ kind: z.literal('reset'), email: z.string(), name: z.string() }),
]);
export type LinkView = z.infer<typeof linkViewSchema>;
/** `POST /api/v1/session` signs in (cookie `__Host-firstword-agent`; over plain http `firstword-agent`); `DELETE` signs out. */
export const signInSchema = z.strictObject({
  email: emailSchema,
  password: z.string().min(1).max(200),
  /** From the authenticator app, or a recovery code. Needed after `code-required`. */
  code: z.string().trim().min(1).max(40).exactOptional(),
});

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
  /** Sends a message that the agent wrote. */
  reply: z.strictObject({ ...change, text: z.string().trim().min(1).max(MESSAGE_TEXT_MAX) }),
  /** Sends the proposed reply. The review verdict becomes `approved`, or `edited` if the text was changed. */
  approve: z.strictObject({
    ...change,
    runId: z.string().max(64),
    text: z.string().trim().min(1).max(MESSAGE_TEXT_MAX),
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

/** `GET /api/v1/ticket-tags`: tags of recent tickets, the most frequent first. */
export const tagListSchema = z.object({ tags: z.array(z.string()) });
export type TagList = z.infer<typeof tagListSchema>;

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
/** The request body of an action. Browsers import this type and never the schemas. */
export type ActionBody<A extends AgentAction> = z.input<(typeof ticketActionSchemas)[A]>;
export type FirstRun = z.input<typeof firstRunSchema>;
export type SignIn = z.input<typeof signInSchema>;

const count = z.int().min(0);

export const agentViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  /** By site, where `*` is all sites. The role of a site outranks the one of all. */
  roles: z.record(z.string(), z.enum(AGENT_ROLES)),
});
export type AgentView = z.infer<typeof agentViewSchema>;

/** `GET /api/v1/agents` */
export const agentListSchema = z.object({
  agents: z.array(
    z.object({
      ...agentViewSchema.pick({ id: true, name: true }).shape,
      /** Those of the caller whose tickets the agent answers. */
      sites: z.array(z.string()),
    }),
  ),
});
export type AgentList = z.infer<typeof agentListSchema>;

/** `GET /api/v1/session` (401 when signed out). Every write carries `csrf` in the header `x-csrf-token`. */
export const sessionViewSchema = z.object({
  agent: agentViewSchema,
  csrf: z.string(),
  /** `missing`: this server requires one, and nothing else works before it is set up. */
  secondFactor: z.enum(['on', 'off', 'missing']),
  mode: z.enum(['live', 'demo']),
  /** Ids of all models that an analysis can use. */
  models: z.array(z.string()),
});
export type SessionView = z.infer<typeof sessionViewSchema>;

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

/** US dollars, as far as prices are known. */
export const costViewSchema = z.object({
  usd: z.number(),
  /** For some calls only a part of the cost is known. */
  atLeast: z.boolean(),
  callsOfUnknownPrice: count,
});
export type CostView = z.infer<typeof costViewSchema>;

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

/** One request to a model, whatever its outcome. */
export const modelCallViewSchema = z.object({
  /** The turn that it was made for. */
  turnId: z.string().exactOptional(),
  /** The ticket whose analysis it belongs to. */
  ticketId: z.string().exactOptional(),
  /** `answer`, `triage`, `analysis`. */
  purpose: z.string(),
  /** `first`; `retry` after a failure; `hedge` beside a call that may be late. */
  role: z.string().exactOptional(),
  tier: z.string(),
  region: z.string(),
  modelId: z.string(),
  startedAt: z.number(),
  /** Request sent → first content token; absent when none came. */
  ttftMs: z.number().exactOptional(),
  totalMs: z.number(),
  promptTokens: z.number(),
  completionTokens: z.number(),
  /** The endpoint did not report the tokens. */
  estimated: z.boolean(),
  /** `done`, `failed` or `aborted`. */
  outcome: z.string(),
  /** Why it failed or was aborted. */
  reason: z.string().exactOptional(),
  costKnown: z.enum(['full', 'output-only', 'none']),
  /** Absent when no part of the cost is known. */
  costUsd: z.number().exactOptional(),
  /** Why the router chose this model first. */
  why: z.string().exactOptional(),
  /** How many different values of the prompt were masked; absent for none. */
  masked: z.number().exactOptional(),
});
export type ModelCallView = z.infer<typeof modelCallViewSchema>;

/** `GET /api/v1/tickets/:id/calls` */
export const ticketCallsSchema = z.object({
  /** Oldest first; deleted 30 days after the conversation's last call. */
  calls: z.array(modelCallViewSchema),
  conversation: costViewSchema,
  /** Of this ticket's analyses. */
  ticket: costViewSchema,
});
export type TicketCalls = z.infer<typeof ticketCallsSchema>;

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
  retryAfterMs: z.number().exactOptional(),
  detail: ticketDetailSchema.exactOptional(),
});
export type ApiError = z.infer<typeof apiErrorSchema>;
