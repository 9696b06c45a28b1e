/** The interface of tickets for other rooms. */
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
  /** The agent who opened it. */
  readonly actor?: Actor;
  readonly reason: HandOffReason;
  readonly urgency: Urgency;
  /** The visitor's message that led to the ticket; shortened to 200 characters. */
  readonly firstLine: string;
  readonly language?: string | undefined;
  readonly locale?: string | undefined;
  readonly verdict?: StoredVerdict | undefined;
  /** When the visitor began to wait, in milliseconds since the epoch. */
  readonly waitingSince: number;
  /** Repeating the request with the same key has no second effect and the same result. */
  readonly idempotencyKey: string;
  /** False: do not queue an analysis. */
  readonly analyse?: boolean;
}

export interface TicketActionRequest {
  readonly actor: Actor;
  /** Absent for actions that depend on no agent's view of the ticket: visitor messages, timers. */
  readonly expectedVersion?: number;
  readonly idempotencyKey: string;
  readonly reason?: string | undefined;
  /** For `resolve`. */
  readonly code?: Ticket['resolution'];
  /** For `assign`. */
  readonly assignee?: Ticket['assignee'];
  /** For `merge`. */
  readonly mergedInto?: Ticket['mergedInto'];
  /** For `snooze`, milliseconds since the epoch. */
  readonly until?: number | undefined;
}

export type ActOutcome =
  | { readonly kind: 'done'; readonly ticket: Ticket }
  /** Another agent changed the ticket first; its current state. */
  | { readonly kind: 'conflict'; readonly ticket: Ticket }
  | { readonly kind: 'not-allowed'; readonly ticket: Ticket; readonly why: string }
  | { readonly kind: 'not-found' };

export interface Tickets extends AnalysisRuns, TriageCorrections {
  /**
   * Both are false when the conversation had an open ticket. A resolved one is reopened where the message is about its
   * matter; otherwise a new ticket follows it.
   */
  open(request: OpenTicket): Promise<{ ticket: Ticket; created: boolean; reopened: boolean }>;
  get(ticketId: string): Promise<Ticket | undefined>;
  /** The open (or resolved, not yet closed) ticket of a conversation. */
  ofConversation(conversationId: string): Promise<Ticket | undefined>;
  /** By urgency, then by the visitor's waiting time; `done` newest first. */
  list(query: { view: TicketView; agentId: string; siteIds?: readonly string[]; limit: number }): Promise<Ticket[]>;
  counts(agentId: string): Promise<Record<TicketView, number>>;
  act(ticketId: string, action: TicketAction, request: TicketActionRequest): Promise<ActOutcome>;
  /**
   * Call after a visitor's message is stored. Wakes the ticket and marks its analysis as stale.
   * @param seq of the message; a repeat with the same one has no effect
   */
  recordVisitorMessage(conversationId: string, seq: number): Promise<Ticket | undefined>;
  /** Where replies are e-mailed when the visitor has left. */
  setEmail(ticketId: string, email: string): Promise<Ticket | undefined>;
  /** Makes pages that show the conversation's ticket fetch it again, after a change outside of it such as a rating. */
  notifyAgents(conversationId: string): Promise<void>;
  note(ticketId: string, note: { actor: Actor; text: string; idempotencyKey: string }): Promise<Ticket | undefined>;
  notes(ticketId: string): Promise<TicketNote[]>;
  /** Oldest first. */
  events(ticketId: string): Promise<TicketEvent[]>;
  /** The changes of all tickets by all processes, until the signal aborts. */
  changes(signal: AbortSignal): AsyncIterable<TicketChangeFeed>;
  /** Runs expired timers and completes changes of processes that died. */
  sweep(now: number): Promise<void>;
  /** Deletes a ticket. */
  forget(ticketId: string): Promise<void>;
}
