/** Stores tickets: their history, notes and analysis runs, and the transactions that change them. */
import type { TicketNote } from '@firstword/shared/console-wire';
import type { TraitFilter } from '@firstword/shared/list-filter';
import type { SearchResults } from '@firstword/shared/search';
import type { Handling, Ticket, TicketEvent, TicketState, Urgency } from '@firstword/shared/ticket';
import type { CountedView, TicketView } from '@firstword/shared/ticket-views';
import type { Responder } from '@firstword/shared/wire';
import type { Page, SiteIds } from './conversation-archive.ts';
import type { RunRecord, TicketRecord } from './ticket-record.ts';

/** A conversation that has had a ticket. */
export interface TicketConversation {
  readonly id: string;
  readonly siteId: string;
  readonly responder: Responder;
  /** Its open ticket; a resolved one until it is closed. */
  readonly open: string | undefined;
  readonly last: string | undefined;
  /** How many of its hand-offs are recorded. */
  readonly handOffs: number;
  /** Increases with every change of its tickets. */
  readonly revision: number;
}

export interface TicketWrite {
  readonly record: TicketRecord;
  readonly events?: readonly TicketEvent[];
  readonly runs?: readonly RunRecord[];
  readonly notes?: readonly TicketNote[];
  /** When its timer expires, in milliseconds since 1970. */
  readonly dueAt: number | undefined;
}

/** An idempotency key. `action` distinguishes a repeat from another use of the same key. */
export interface TicketEffect {
  readonly key: string;
  readonly action: string;
}

/** What one transaction may do. Other transactions of the same conversation wait until it ends. */
export interface TicketTransaction {
  readonly conversation: TicketConversation;
  load(ticketId: string): Promise<TicketRecord | undefined>;
  /** In the order of their numbers. */
  runs(ticketId: string): Promise<RunRecord[]>;
  /** The action that used this idempotency key. */
  usedBy(ticketId: string, key: string): Promise<string | undefined>;
  /** The next ticket number of the conversation's site. */
  nextNumber(): Promise<number>;
  /** Numbers up to this one are in use. */
  keepNumbers(last: number): Promise<void>;
  /**
   * Who of these agents is assigned a ticket now: who has the fewest open ones, then whose last turn is longest ago. Undefined when
   * all have `maxOpen`. Others who take a turn wait until this transaction ends.
   */
  takeTurn(agentIds: readonly string[], maxOpen: number): Promise<string | undefined>;
  /** Stores a new ticket, or a new version of one. */
  save(change: TicketWrite): Promise<void>;
  /** Stored when the work is done. */
  use(ticketId: string, effect: TicketEffect): void;
  /** Together with the saved tickets; also increases the revision. */
  update(change: Partial<Pick<TicketConversation, 'responder' | 'open' | 'last' | 'handOffs'>>): void;
}

/** A committed change that Redis and agents' pages have not been sent. */
export interface UndeliveredChange extends TicketDelivery {
  readonly id: string;
}

export interface Committed<Result> {
  readonly result: Result;
  readonly undelivered: readonly UndeliveredChange[];
}

export type TicketWork<Result> = (transaction: TicketTransaction) => Promise<Result>;

/** A changed ticket, and what its conversation was then. */
export interface TicketDelivery {
  readonly conversation: TicketConversation;
  readonly changed: TicketRecord;
  /** The conversation's open ticket. */
  readonly open: TicketRecord | undefined;
}

/** `all` also has what the other views have. */
export type TicketListView = TicketView | 'all';

export interface TicketFilter extends Page, TraitFilter {
  readonly view: TicketListView;
  /** Whose tickets the view `mine` lists. */
  readonly agentId: string;
  /** Absent for all sites. */
  readonly siteIds?: SiteIds | undefined;
  /** A part of the first line, an e-mail address or an id, `#` and a number, or words and names of the conversation. */
  readonly q?: string | undefined;
  readonly state?: TicketState | undefined;
  readonly urgency?: Urgency | undefined;
  readonly assigneeId?: string | undefined;
  readonly tag?: string | undefined;
}

export type TicketCountFilter = Omit<TicketFilter, 'limit' | 'cursor'>;

/** Every method @throws RecordsError when the database does not answer. */
export interface TicketStore {
  /** All of `work` or nothing of it is stored. */
  transaction<Result>(
    conversation: Pick<TicketConversation, 'id' | 'siteId'>,
    work: TicketWork<Result>,
  ): Promise<Committed<Result>>;
  /** The same for the conversation of a ticket; undefined when there is no such ticket. */
  transactionOf<Result>(ticketId: string, work: TicketWork<Result>): Promise<Committed<Result> | undefined>;
  find(ticketId: string): Promise<TicketRecord | undefined>;
  /** Oldest first. */
  events(ticketId: string): Promise<TicketEvent[]>;
  notes(ticketId: string): Promise<TicketNote[]>;
  /** In the order of their numbers. */
  runs(ticketId: string): Promise<RunRecord[]>;
  run(runId: string): Promise<RunRecord | undefined>;
  /** @throws CursorError */
  list(filter: TicketFilter): Promise<{ tickets: Ticket[]; next?: string }>;
  /** Those of a list, up to `max` of them. @throws RecordsError also when it takes longer than a second */
  count(filter: TicketCountFilter, max: number): Promise<number>;
  /** Of whose newest analysis the summary or the visitor's goal has all words of `q`; the newest analysis first. */
  searchAnalyses(siteIds: SiteIds, q: string, limit: number): Promise<FoundAnalysis[]>;
  counts(agentId: string, siteIds?: SiteIds): Promise<Record<CountedView, number>>;
  /** Tags of the tickets that changed last, the most frequent first. */
  tags(siteIds: SiteIds): Promise<string[]>;
  /** Tickets whose timer has expired, by the time when it did; after `after`, which is the last one of the batch before. */
  due(now: number, limit: number, after?: DueTicket): Promise<DueTicket[]>;
  /** Unfinished runs that were queued, and last returned here, before `before`. They count as looked at from `now` on. */
  takeUnfinishedRuns(before: number, now: number, limit: number): Promise<string[]>;
  /** How often a verdict was corrected, by old and new handling. */
  confusion(siteIds: SiteIds): Promise<{ from: Handling; to: Handling; count: number }[]>;
  /** Tickets with a corrected verdict, the latest correction first. */
  corrected(siteIds: SiteIds, limit: number): Promise<TicketRecord[]>;
  /** What `ticketId` and its conversation are now. */
  delivery(ticketId: string): Promise<TicketDelivery | undefined>;
  markDelivered(changes: readonly UndeliveredChange[]): Promise<void>;
  /**
   * Passes changes that are older than `minAgeMs` to `deliver`, and marks them as delivered when it resolves. Each is passed
   * to one process at a time. Returns their number.
   */
  deliverOld(minAgeMs: number, limit: number, deliver: (ticketId: string) => Promise<void>): Promise<number>;
  /** Of a conversation, oldest first. */
  ofConversation(conversationId: string): Promise<Ticket[]>;
  /** Those with this address for replies, without regard to case. */
  withEmail(email: string, siteIds: SiteIds): Promise<Ticket[]>;
  /** Deletes everything of a conversation's tickets. */
  forget(conversationId: string): Promise<void>;
}

export type FoundAnalysis = SearchResults['analyses'][number];

export interface DueTicket {
  readonly ticketId: string;
  readonly at: number;
}
