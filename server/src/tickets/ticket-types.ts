/** Tickets as other rooms use them: open, act, list, watch changes. */
import type { TicketNote } from '@firstword/shared/console-wire';
import type {
  Actor,
  HandOffReason,
  StoredVerdict,
  Ticket,
  TicketAction,
  TicketEvent,
  Urgency,
} from '@firstword/shared/ticket';
import type { AnalysisRuns } from './run-types.ts';
import type { TicketChangeFeed, TicketView } from './ticket-index.ts';
import type { TriageCorrections } from './triage-corrections.ts';

export interface OpenTicket {
  readonly siteId: string;
  readonly conversationId: string;
  readonly openedBy: Ticket['openedBy'];
  /** The agent, when one opened it. */
  readonly actor?: Actor;
  readonly reason: HandOffReason;
  readonly urgency: Urgency;
  /** The visitor's words that led here; shortened to 200 characters. */
  readonly firstLine: string;
  readonly language?: string | undefined;
  readonly locale?: string | undefined;
  readonly verdict?: StoredVerdict | undefined;
  /** Milliseconds since the epoch; when the visitor began to wait. */
  readonly waitingSince: number;
  /** Opening again with the same key has no second effect and the same answer. */
  readonly idempotencyKey: string;
  /** False: no analysis is wanted. */
  readonly analyse?: boolean;
}

export interface TicketActionRequest {
  readonly actor: Actor;
  /** Absent for what does not depend on what anybody saw: the visitor's words, timers. */
  readonly expectedVersion?: number;
  readonly idempotencyKey: string;
  readonly reason?: string | undefined;
  /** For `resolve`. */
  readonly code?: Ticket['resolution'];
  /** For `assign`. */
  readonly assignee?: Ticket['assignee'];
  /** For `merge`. */
  readonly mergedInto?: Ticket['mergedInto'];
  /** For `hold`, milliseconds since the epoch. */
  readonly until?: number | undefined;
}

export type ActOutcome =
  | { readonly kind: 'done'; readonly ticket: Ticket }
  /** Somebody was quicker: the ticket as it is now. */
  | { readonly kind: 'conflict'; readonly ticket: Ticket }
  | { readonly kind: 'not-allowed'; readonly ticket: Ticket; readonly why: string }
  | { readonly kind: 'not-found' };

export interface Tickets extends AnalysisRuns, TriageCorrections {
  /** `created` is false when the conversation had one already; a resolved one is reopened. */
  open(request: OpenTicket): Promise<{ ticket: Ticket; created: boolean }>;
  get(ticketId: string): Promise<Ticket | undefined>;
  /** The open (or resolved, not yet closed) ticket of a conversation. */
  ofConversation(conversationId: string): Promise<Ticket | undefined>;
  /** In the order of work: by urgency, then by how long the visitor waits; `done` newest first. */
  list(query: { view: TicketView; agentId: string; siteIds?: readonly string[]; limit: number }): Promise<Ticket[]>;
  counts(agentId: string): Promise<Record<TicketView, number>>;
  act(ticketId: string, action: TicketAction, request: TicketActionRequest): Promise<ActOutcome>;
  /**
   * To be called after a visitor's message is stored: wakes or reopens the ticket and marks its analysis as outdated.
   * @param seq of the message; the same one has one effect
   */
  visitorSpoke(conversationId: string, seq: number): Promise<Ticket | undefined>;
  /** Where an answer goes when the visitor has left. */
  setEmail(ticketId: string, email: string): Promise<Ticket | undefined>;
  /** Something beside the tickets of a conversation has changed, such as a rating: who looks at its ticket reads it again. */
  tellAgents(conversationId: string): Promise<void>;
  note(ticketId: string, note: { actor: Actor; text: string; idempotencyKey: string }): Promise<Ticket | undefined>;
  notes(ticketId: string): Promise<TicketNote[]>;
  /** Oldest first. */
  events(ticketId: string): Promise<TicketEvent[]>;
  /** Every change of every ticket, of all processes, until the signal aborts. */
  changes(signal: AbortSignal): AsyncIterable<TicketChangeFeed>;
  /** Timers, and what dead processes left half done. Any number of processes may sweep at once. */
  sweep(now: number): Promise<void>;
  /** Removes all that is known of a ticket. */
  forget(ticketId: string): Promise<void>;
}
