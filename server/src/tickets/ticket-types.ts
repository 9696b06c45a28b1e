/** The interface of tickets for other rooms. */
import type { TicketNote } from '@firstword/shared/console-wire';
import type { FeedEventOf } from '@firstword/shared/feed-event';
import type { Phrase } from '@firstword/shared/phrase';
import type {
  Actor,
  HandOffReason,
  StoredVerdict,
  Ticket,
  TicketAction,
  TicketEvent,
  Urgency,
} from '@firstword/shared/ticket';
import type { CountedView } from '@firstword/shared/ticket-views';
import type { Message } from '@firstword/shared/wire';
import type { TicketFilter, TicketStore } from '../records/ticket-store.ts';
import type { TicketNews } from '../store/ticket-channel.ts';
import type { TicketSummary } from '../store/ticket-heads.ts';
import type { AnalysisRuns } from './run-types.ts';
import type { TriageCorrections } from './triage-corrections.ts';

export interface OpenTicket {
  readonly siteId: string;
  readonly conversationId: string;
  readonly openedBy: Ticket['openedBy'];
  readonly reason: HandOffReason;
  readonly urgency: Urgency;
  /** The visitor's message that led to the ticket; shortened to 200 characters. */
  readonly firstLine: string;
  readonly language?: string | undefined;
  readonly locale?: string | undefined;
  /** Where replies are e-mailed. */
  readonly email?: string | undefined;
  readonly verdict?: StoredVerdict | undefined;
  /** The site has verified the visitor's identity. */
  readonly identified?: boolean | undefined;
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
  | { readonly kind: 'not-allowed'; readonly ticket: Ticket; readonly why: Phrase }
  | { readonly kind: 'not-found' };

export interface HandOffOutcome {
  readonly ticketId: string;
  /** Both are false when the conversation had an open ticket. */
  readonly created: boolean;
  /** A resolved ticket is reopened where the message is about its matter; otherwise a new ticket follows it. */
  readonly reopened: boolean;
  /** How often the ticket was reopened, this time included. */
  readonly times: number;
}

/** A conversation has one open ticket at most. All methods but `open` and `pointerOf` need the database. */
export interface Tickets extends AnalysisRuns, TriageCorrections {
  /** Durable when it resolves, also while the database is away: the ticket is stored by `recordHandOff`, from the feed. */
  open(request: OpenTicket): Promise<HandOffOutcome>;
  /** Idempotent. */
  recordHandOff(event: FeedEventOf<'hand-off-requested'>): Promise<void>;
  /** Assigns tickets that no agent was online for, or had room for. Any number of processes may do so at once. */
  assignWaiting(): Promise<void>;
  get(ticketId: string): Promise<Ticket | undefined>;
  /** Waits until the ticket of a hand-off is stored, for 3 s by default. @throws RecordsError when it is not by then */
  stored(ticketId: string, withinMs?: number): Promise<Ticket>;
  /** The open (or resolved, not yet closed) ticket of a conversation. Waits a moment for its storing. @throws RecordsError */
  ofConversation(conversationId: string): Promise<Ticket | undefined>;
  /** Its id, and the agent who has it; from Redis. */
  pointerOf(conversationId: string): Promise<TicketPointer | undefined>;
  /** In the order of the view (`ticket-views.ts`). @throws CursorError */
  list(filter: TicketFilter): Promise<{ tickets: Ticket[]; next?: string }>;
  readonly count: TicketStore['count'];
  searchAnalyses: TicketStore['searchAnalyses'];
  counts(agentId: string, siteIds?: readonly string[]): Promise<Record<CountedView, number>>;
  act(ticketId: string, action: TicketAction, request: TicketActionRequest): Promise<ActOutcome>;
  /**
   * Call after a visitor's message is stored. Wakes the ticket and marks its analysis as stale.
   * @param ticketId the open ticket when the message was stored
   * @param message a repeat with the same `seq` has no effect
   */
  recordVisitorMessage(ticketId: string, message: Pick<Message, 'seq' | 'text'>): Promise<Ticket | undefined>;
  /** Where replies are e-mailed when the visitor has left. */
  setEmail(ticketId: string, email: string): Promise<Ticket | undefined>;
  /** Makes pages that show the conversation's ticket fetch it again, after a change outside of it such as a rating. */
  notifyAgents(conversationId: string): Promise<void>;
  /** Notifies the agents who are mentioned. */
  note(
    ticketId: string,
    note: {
      readonly actor: Actor;
      readonly text: string;
      readonly mentions?: NonNullable<TicketNote['mentions']>;
      readonly idempotencyKey: string;
    },
  ): Promise<Ticket | undefined>;
  /** Undefined when the ticket does not exist; `too-many` when it would have more tags than allowed. */
  tag(
    ticketId: string,
    change: { actor: Actor; add: readonly string[]; remove: readonly string[]; idempotencyKey: string },
  ): Promise<Ticket | 'too-many' | undefined>;
  /** Of these sites, the most frequent first. */
  tags(siteIds: readonly string[]): Promise<string[]>;
  notes(ticketId: string): Promise<TicketNote[]>;
  /** Oldest first. */
  events(ticketId: string): Promise<TicketEvent[]>;
  /** The changes of all tickets by all processes, until the signal aborts. */
  changes(signal: AbortSignal): AsyncIterable<TicketNews>;
  /** Runs expired timers, and queues analyses again whose job was lost. Any number of processes may sweep at once. */
  sweep(now: number): Promise<void>;
  /** Sends changes to Redis and agents' pages whose process died before it could. */
  deliverOld(): Promise<void>;
  /** Deletes the tickets of a conversation. */
  forget(conversationId: string): Promise<void>;
}

export interface TicketPointer {
  readonly ticketId: string;
  readonly agent: TicketSummary['agent'];
}

/** A hand-off that could not be stored. */
export class TicketError extends Error {
  override readonly name = 'TicketError';
  readonly code = 'contended';
}
