/** The socket `/console`: what a page tells the server, and what changes while the page is open. */
import { z } from 'zod';
import type { AgentNotification } from './agent-notification.ts';
import type { AgentStatus } from './agent-status.ts';
import type { Ticket } from './ticket.ts';
import type { Message } from './wire.ts';

export const watchTicketSchema = z.object({ ticketId: z.string().max(64).nullable() });
/** `after`: `seq` of the last message that the page has. */
export const watchConversationSchema = z.object({
  conversationId: z.string().max(64).nullable(),
  after: z.int().min(0),
});
export const watchConversationsSchema = z.object({ on: z.boolean() });
export const pageVisibleSchema = z.object({ on: z.boolean() });
export const agentReadSchema = z.object({ ticketId: z.string().max(64), seq: z.int().min(1) });
export const agentTypingSchema = z.object({ ticketId: z.string().max(64), on: z.boolean() });

type Reply = (answer: { ok: true } | { ok: false; code: string; message: string }) => void;

/** Client → server. Needs the session cookie; `connect_error` carries `data.code` `signed-out` or `origin-refused`. */
export interface ConsoleClientEvents {
  /** The ticket that this page shows, so that other agents see who is viewing it; null for none. */
  'ticket-watch': (payload: z.input<typeof watchTicketSchema>, reply: Reply) => void;
  /** The conversation that this page shows without its ticket, to see what is written in it; null for none. */
  'conversation-watch': (payload: z.input<typeof watchConversationSchema>, reply: Reply) => void;
  /** Whether this page shows the list of conversations, and wants to know what changes there. */
  'conversations-watch': (payload: z.input<typeof watchConversationsSchema>, reply: Reply) => void;
  /** Whether the agent sees this page. While they see none, notifications are pushed to their browsers. */
  'page-visible': (payload: z.input<typeof pageVisibleSchema>, reply: Reply) => void;
  typing: (payload: z.input<typeof agentTypingSchema>, reply: Reply) => void;
  /** The page shows the ticket up to this message. The visitor learns it while this agent has the conversation. */
  read: (payload: z.input<typeof agentReadSchema>, reply: Reply) => void;
}

/** Server → client. */
export interface ConsoleServerEvents {
  /** A ticket was opened or changed: its current row. */
  'ticket-change': (change: { ticket: Ticket }) => void;
  /** To pages that watch the ticket: fetch it again, because its messages, runs or notes changed. */
  'ticket-detail': (change: { ticketId: string }) => void;
  /** Something has just happened that this agent is notified of. It is never sent again, nor to the agent who did it. */
  notification: (notification: AgentNotification) => void;
  /** To pages that watch conversations, at most once a second from each process: these have changed in the database. */
  'conversations-change': (change: { conversationIds: string[] }) => void;
  /** A conversation was deleted for good, with its tickets. */
  'conversation-erased': (erased: { conversationId: string }) => void;
  /** Events may have been lost between the server's processes: fetch what is shown. */
  missed: () => void;
  /** Who is viewing which ticket; always the complete list. */
  presence: (viewers: { ticketId: string; agents: { id: string; name: string }[] }[]) => void;
  /** Who is connected, and who of them is away; always the complete list. Agents who can't read tickets get only their own. */
  'agent-statuses': (agents: { id: string; status: AgentStatus }[]) => void;
  /** A message in a watched ticket's conversation. */
  message: (message: { ticketId: string; message: Message }) => void;
  /** A message in a watched conversation, in order; a page may be sent one that it has. */
  'conversation-message': (message: { conversationId: string; message: Message }) => void;
  /** The assistant's answer in a watched conversation, a ticket's too, at most 10 times a second while it is written: its whole text so far. */
  'answer-text': (answer: { conversationId: string; turnId: string; text: string }) => void;
  /** It has ended. `seq` is that of its message, which comes on its own; absent when nothing was stored. */
  'answer-end': (end: { conversationId: string; turnId: string; seq?: number }) => void;
  /** The visitor of a watched ticket is typing. */
  typing: (typing: { ticketId: string; on: boolean }) => void;
  /** Another agent on a watched ticket begins or stops writing a reply. */
  'agent-typing': (typing: { ticketId: string; agent: { id: string; name: string }; on: boolean }) => void;
  /** The visitor of a watched ticket has read up to `seq`, at this time in milliseconds since 1970. */
  read: (mark: { ticketId: string; seq: number; at: number }) => void;
}
