/** The widget socket: what the server sends, and every event by name. Its payloads: `handshake.ts`, `wire-requests.ts`. */
import { z } from 'zod';
import type { SiteView } from './site-view.ts';
import type { Ack } from './wire-refusals.ts';
import type * as requests from './wire-requests.ts';

export const siteIdSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,47}$/, 'is not a site id. Use 1 to 48 characters: a-z, 0-9 and -');

export const citationSchema = z.object({
  n: z.int().min(1),
  title: z.string(),
  url: z.string(),
  /** The beginning of the source as plain text, for a preview. */
  excerpt: z.string().optional(),
  /** The article's id, for `article-read`; absent where the source is not an article. */
  article: z.string().optional(),
});
export type Citation = z.infer<typeof citationSchema>;

/** What agents are warned of before they open a file. */
const FILE_RISKS = ['formulas'] as const;
export type FileRisk = (typeof FILE_RISKS)[number];
/** A file sent by a visitor or an agent; `type` is a MIME type from `files.ts`, `size` is in bytes. */
export const sentFileSchema = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  size: z.int().min(0),
  risk: z.enum(FILE_RISKS).optional(),
});
export type SentFile = z.infer<typeof sentFileSchema>;

export const turnEndStateSchema = z.enum(['done', 'stopped', 'interrupted', 'failed']);
export type TurnEndState = z.infer<typeof turnEndStateSchema>;
export const turnStateSchema = z.enum(['running', ...turnEndStateSchema.options]);
export type TurnState = z.infer<typeof turnStateSchema>;

export const SPEAKERS = ['visitor', 'assistant', 'agent', 'system'] as const;
export const messageSchema = z.object({
  seq: z.int().min(1),
  id: z.string(),
  from: z.enum(SPEAKERS),
  text: z.string(),
  /** Milliseconds since 1970 by the server's clock; for display, never for ordering. */
  at: z.number(),
  turnId: z.string().optional(),
  citations: z.array(citationSchema).optional(),
  /** `picture`: its file, below `/pictures`; an older one leads to the agent's present one. */
  agent: z.object({ name: z.string(), picture: z.string().exactOptional() }).optional(),
  /** Sentences of an answer, as plain text, that none of its articles supports. */
  unsupported: z.array(z.string()).optional(),
  /** The articles don't answer the question, or it may be one for an agent: the client may offer one. */
  offer: z.enum(['agent']).optional(),
  /** How the turn ended that produced this message. */
  state: turnEndStateSchema.optional(),
  /** The event behind a system message. `resolved`: the ticket is resolved, so the client may ask for a rating. */
  notice: z.enum(['resolved']).optional(),
  /** A file instead of text; `text` describes it for clients that don't know files. */
  file: sentFileSchema.optional(),
});
export type Message = z.infer<typeof messageSchema>;

/** A piece of a running answer. */
export interface Delta {
  n: number;
  text: string;
  /** It replaces the whole text before it, which was the model's thinking. */
  replaces?: true;
}

export type TurnEvent =
  | { type: 'turn-start'; turnId: string; messageSeq: number }
  | ({ type: 'text-delta'; turnId: string } & Delta)
  | {
      type: 'turn-end';
      turnId: string;
      state: TurnEndState;
      /** The stored answer's `seq`; absent when nothing was stored. */
      seq?: number;
      code?: string;
      retryable?: boolean;
      shortened?: boolean;
    };

export interface TurnSnapshot {
  turnId: string;
  /** `seq` of the visitor's message that the turn answers. */
  messageSeq: number;
  deltas: Delta[];
  state: TurnState;
}

/** Who answers in a conversation. With `waiting-agent` the assistant answers until an agent claims the ticket. */
export const responderSchema = z.enum(['assistant', 'waiting-agent', 'agent', 'closed']);
export type Responder = z.infer<typeof responderSchema>;
export interface ResponderChange {
  responder: Responder;
  ticketId?: string;
  label?: string;
  /** The agent who has taken over. */
  agent?: {
    name: string;
    /** Whether one of their console pages is connected now. */
    online: boolean;
    /** The file of the agent's picture, below `/pictures`. */
    picture?: string;
  };
}

export interface SessionStart {
  session: string;
  conversationId: string;
  lastSeq: number;
  /** `seq` of the last message that the visitor has read on any device; 0 for none. */
  readSeq?: number;
  /** While an agent has the conversation: `seq` of the last message that the agent has read. */
  seenSeq?: number;
  messages: Message[];
  turn?: TurnSnapshot;
  responder: ResponderChange;
  site: SiteView;
  mode: 'live' | 'demo';
  region: string;
  /** Where replies are e-mailed, once that address is known to be the visitor's. */
  contact?: { email: string; confirmed: true };
  /** The visitor's other conversations, where there are any: ids of those with unread messages. */
  others?: { unread: string[] };
  /** The server's time in milliseconds since 1970; a visitor's clock may be wrong. Older servers send none. */
  now?: number;
}

/** One of the visitor's own conversations, in a list. */
export interface VisitorConversation {
  conversationId: string;
  /** The visitor's first message, shortened. */
  firstLine: string;
  /** When the last message was stored. */
  lastAt: number;
  responder: Responder;
  /** It has messages that the visitor has not read. */
  unread: boolean;
}

export interface FoundArticle {
  id: string;
  title: string;
  /** The beginning of what was found, as plain text. */
  excerpt: string;
}

export interface ArticleView {
  title: string;
  /** Markdown. */
  text: string;
  /** Its page; empty when it has none. */
  url: string;
}

export interface ReplayAnswer {
  messages: Message[];
  turn?: TurnSnapshot;
  resync?: boolean;
}

type Reply<T extends object = object> = (answer: Ack<T>) => void;

export interface WidgetClientEvents {
  'message-send': (
    payload: z.input<typeof requests.messageSendSchema>,
    reply: Reply<{ seq: number; conversationId: string; turnId?: string }>,
  ) => void;
  'turn-stop': (payload: z.input<typeof requests.turnStopSchema>, reply: Reply) => void;
  'turn-retry': (payload: z.input<typeof requests.turnRetrySchema>, reply: Reply<{ turnId: string }>) => void;
  replay: (payload: z.input<typeof requests.replaySchema>, reply: Reply<ReplayAnswer>) => void;
  'history-read': (payload: z.input<typeof requests.historyReadSchema>, reply: Reply<{ messages: Message[] }>) => void;
  'conversations-read': (
    payload: z.input<typeof requests.conversationsReadSchema>,
    reply: Reply<{ conversations: VisitorConversation[] }>,
  ) => void;
  'article-search': (
    payload: z.input<typeof requests.articleSearchSchema>,
    reply: Reply<{ articles: FoundArticle[] }>,
  ) => void;
  'article-read': (payload: z.input<typeof requests.articleReadSchema>, reply: Reply<{ article: ArticleView }>) => void;
  'person-request': (payload: z.input<typeof requests.personRequestSchema>, reply: Reply<{ ticketId: string }>) => void;
  'hand-off-cancel': (payload: z.input<typeof requests.handOffCancelSchema>, reply: Reply) => void;
  'contact-set': (payload: z.input<typeof requests.contactSetSchema>, reply: Reply<{ confirm?: true }>) => void;
  'contact-confirm': (payload: z.input<typeof requests.contactConfirmSchema>, reply: Reply) => void;
  'transcript-mail': (payload: z.input<typeof requests.transcriptMailSchema>, reply: Reply) => void;
  'pre-chat-set': (payload: z.input<typeof requests.preChatSetSchema>, reply: Reply) => void;
  'rating-set': (payload: z.input<typeof requests.ratingSetSchema>, reply: Reply) => void;
  'conversation-rate': (payload: z.input<typeof requests.conversationRateSchema>, reply: Reply) => void;
  'first-token-seen': (payload: z.input<typeof requests.firstTokenSeenSchema>, reply: Reply) => void;
  typing: (payload: z.input<typeof requests.typingSchema>, reply: Reply) => void;
  draft: (payload: z.input<typeof requests.draftSchema>, reply: Reply<{ prepared: boolean }>) => void;
  read: (payload: z.input<typeof requests.readSchema>, reply: Reply) => void;
}

export interface WidgetServerEvents {
  'session-start': (start: SessionStart) => void;
  message: (message: Message) => void;
  'turn-event': (event: TurnEvent) => void;
  responder: (change: ResponderChange) => void;
  typing: (typing: { from: 'agent'; on: boolean }) => void;
  /** The visitor has read further, on this device or another. */
  read: (mark: { seq: number }) => void;
  /** The agent who has the conversation has read up to this message. */
  seen: (mark: { seq: number }) => void;
  /** An agent has replied in another one of the visitor's conversations. */
  'other-message': (message: { conversationId: string }) => void;
  /** Another one of the visitor's conversations was deleted. */
  'other-erased': (erased: { conversationId: string }) => void;
  resync: (nothing: object) => void;
  drain: (when: { afterMs: number }) => void;
}
