/** The console's contract: REST under `/api/v1` for what agents do, the socket `/console` for what changes meanwhile. */
import { z } from 'zod';
import { type AnalysisRun, REJECT_REASONS } from './analysis.ts';
import { MESSAGE_TEXT_MAX } from './limits.ts';
import { RESOLUTION_CODES, type StoredVerdict, type Ticket, type TicketEvent } from './ticket.ts';
import type { Message, Responder } from './wire.ts';

const emailSchema = z.string().trim().toLowerCase().max(254).pipe(z.email('an e-mail address'));
const passwordSchema = z.string().min(12, 'at least 12 characters').max(200);
/** Made by the client for each action; sent again, an action has one effect. */
const idempotencyKey = z.uuid();
const expectedVersion = z.int().min(1);
const change = { expectedVersion, idempotencyKey };

/** `POST /api/v1/first-run`: the one-time link's token makes the first agent. */
export const firstRunSchema = z.strictObject({
  token: z.string().min(20).max(200),
  email: emailSchema,
  name: z.string().trim().min(1).max(80),
  password: passwordSchema,
});
/** `POST /api/v1/session` signs in (cookie `__Host-firstword-agent`, on plain http on localhost `firstword-agent`); `DELETE` signs out. */
export const signInSchema = z.strictObject({ email: emailSchema, password: z.string().min(1).max(200) });

export const TICKET_VIEWS = ['review', 'mine', 'open', 'done'] as const;
export type TicketView = (typeof TICKET_VIEWS)[number];
/** `GET /api/v1/tickets` */
export const ticketListQuerySchema = z.strictObject({
  view: z.enum(TICKET_VIEWS).default('review'),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});

/** `POST /api/v1/tickets/:id/<action>` */
export const ticketActionSchemas = {
  claim: z.strictObject(change),
  /** Gives the ticket to an agent; nothing else about it changes. */
  assign: z.strictObject({ ...change, agentId: z.string().max(64) }),
  'hand-back': z.strictObject(change),
  resolve: z.strictObject({ ...change, code: z.enum(RESOLUTION_CODES) }),
  reopen: z.strictObject(change),
  snooze: z.strictObject({ ...change, until: z.number().optional(), reason: z.string().max(300).optional() }),
  'mark-spam': z.strictObject(change),
  /** Ends the ticket in favour of another of the same site. */
  merge: z.strictObject({ ...change, intoTicketId: z.string().max(64) }),
  /** Takes back either. */
  restore: z.strictObject(change),
  /** A message of the agent's own. */
  reply: z.strictObject({ ...change, text: z.string().trim().min(1).max(MESSAGE_TEXT_MAX) }),
  /** Sends the proposed reply, as it is or edited: the verdict becomes `approved` or `edited`. */
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
    /** Queue another analysis that is told what was wrong. */
    rerun: z.boolean().default(false),
  }),
  rerun: z.strictObject({ ...change, modelId: z.string().max(100).optional() }),
  note: z.strictObject({ ...change, text: z.string().trim().min(1).max(2000) }),
  'correct-verdict': z.strictObject({
    ...change,
    handling: z.enum(['answer', 'complex', 'person', 'smalltalk', 'off-topic']),
  }),
} as const;
export type AgentAction = keyof typeof ticketActionSchemas;
/** What a page sends for an action; the schemas themselves stay out of the browser. */
export type ActionBody<A extends AgentAction> = z.input<(typeof ticketActionSchemas)[A]>;
export type FirstRun = z.input<typeof firstRunSchema>;
export type SignIn = z.input<typeof signInSchema>;

export interface AgentView {
  id: string;
  name: string;
  email: string;
  role: 'admin' | 'agent';
}

/** `GET /api/v1/agents` */
export interface AgentList {
  agents: { id: string; name: string }[];
}

/** `GET /api/v1/session` (401 when signed out). `csrf` goes back in the header `x-csrf-token` of every write. */
export interface SessionView {
  agent: AgentView;
  csrf: string;
  mode: 'live' | 'demo';
  /** Ids of every model that an analysis may be asked from. */
  models: string[];
}

/** `GET /api/v1/tickets` */
export interface TicketList {
  tickets: Ticket[];
  counts: Record<TicketView, number>;
}

/** `GET /api/v1/tickets/:id`, and what every ticket action answers. */
export interface TicketDetail {
  ticket: Ticket;
  responder: Responder;
  messages: Message[];
  /** `seq` up to which the visitor has read; 0 when nothing. */
  readSeq: number;
  /** Newest first. */
  runs: AnalysisRun[];
  verdict?: StoredVerdict;
  events: TicketEvent[];
  notes: { at: number; author: string; text: string }[];
  /** Of this conversation, so far. */
  cost: CostView;
  /** What the visitor said before the first message. */
  preChat?: { name?: string; email?: string; question?: string; answer?: string };
  /** What the visitor said of single answers. */
  ratings: { messageId: string; value: 'up' | 'down'; reason?: string }[];
  /** And of the whole: 1 to 5. */
  satisfaction?: { score: number; comment?: string };
}

/** US dollars, as far as prices are known. */
export interface CostView {
  usd: number;
  /** Of some calls only a part is known. */
  atLeast: boolean;
  callsOfUnknownPrice: number;
}

/** One request to a model, whatever became of it. */
export interface ModelCallView {
  /** Of the turn that it was made for. */
  turnId?: string;
  /** Of the ticket whose analysis it belongs to. */
  ticketId?: string;
  /** `answer`, `triage`, `analysis`. */
  purpose: string;
  /** `first`, `retry` or `hedge`: after a failure, or beside one that may be late. */
  role?: string;
  tier: string;
  region: string;
  modelId: string;
  startedAt: number;
  /** Request sent → first content token; absent when none came. */
  ttftMs?: number;
  totalMs: number;
  promptTokens: number;
  completionTokens: number;
  /** The endpoint did not report the tokens. */
  estimated: boolean;
  /** `done`, `failed` or `aborted`. */
  outcome: string;
  /** Why it failed, or was broken off. */
  reason?: string;
  costKnown: 'full' | 'output-only' | 'none';
  /** Absent when nothing is known of it. */
  costUsd?: number;
  /** Why this model stood in front. */
  why?: string;
}

/** `GET /api/v1/tickets/:id/calls` */
export interface TicketCalls {
  /** Oldest first; kept until 30 days after the conversation's last one. */
  calls: ModelCallView[];
  conversation: CostView;
  /** Of this ticket's analyses. */
  ticket: CostView;
}

/** Every refusal of the REST API. */
export interface ApiError {
  code:
    | 'bad-request'
    | 'signed-out'
    | 'forbidden'
    | 'not-found'
    /** Somebody was quicker; `detail` holds the ticket as it is now. */
    | 'conflict'
    | 'not-allowed'
    | 'rate-limited'
    | 'unavailable';
  message: string;
  retryAfterMs?: number;
  detail?: TicketDetail;
}

export const watchTicketSchema = z.object({ ticketId: z.string().max(64).nullable() });
export const agentTypingSchema = z.object({ ticketId: z.string().max(64), on: z.boolean() });

type Reply = (answer: { ok: true } | { ok: false; code: string; message: string }) => void;

/** Client → server on `/console` (cookie session; refused with `connect_error` `data.code` `signed-out` or `origin-refused`). */
export interface ConsoleClientEvents {
  /** Which ticket this page shows, so that others see who is looking; null for none. */
  'ticket-watch': (payload: z.input<typeof watchTicketSchema>, reply: Reply) => void;
  typing: (payload: z.input<typeof agentTypingSchema>, reply: Reply) => void;
}

/** Server → client on `/console`. */
export interface ConsoleServerEvents {
  /** A ticket was opened or changed: the row as it is now. */
  'ticket-change': (change: { ticket: Ticket }) => void;
  /** To pages that watch the ticket: read it again (messages, runs or notes have changed). */
  'ticket-detail': (change: { ticketId: string }) => void;
  /** Who is looking at what; the whole picture each time. */
  presence: (viewers: { ticketId: string; agents: { id: string; name: string }[] }[]) => void;
  /** A message in a watched ticket's conversation. */
  message: (message: { ticketId: string; message: Message }) => void;
  /** The visitor of a watched ticket is typing. */
  typing: (typing: { ticketId: string; on: boolean }) => void;
  /** The visitor of a watched ticket has read on. */
  read: (mark: { ticketId: string; seq: number }) => void;
}
