/** The tables as Kysely types them. `migrations` creates them. */
import type { ColumnType, Generated } from 'kysely';
import type { Json, Timestamp } from './columns.ts';
import type { TicketTables } from './ticket-tables.ts';

export interface ConversationsTable {
  id: string;
  site_id: string;
  visitor_id: string | null;
  locale: string | null;
  region: string | null;
  identified: boolean | null;
  visitor_name: string | null;
  visitor_email: string | null;
  pre_chat: Json | null;
  started_at: Timestamp;
  last_at: Timestamp;
  last_seq: number;
  first_line: string | null;
  responder: string | null;
  ticket_id: string | null;
  resolution: string | null;
  satisfaction: number | null;
  satisfaction_comment: string | null;
  ratings_up: Generated<number>;
  ratings_down: Generated<number>;
  /** Everything else of the row is empty then; it only keeps late writes from creating the conversation again. */
  erased_at: Timestamp | null;
  /** Lower-case name, address and ids, for search. */
  names: ColumnType<string, never, never>;
}

export interface MessagesTable {
  conversation_id: string;
  seq: number;
  site_id: string;
  at: Timestamp;
  sender: string;
  text: string;
  /** The message as the wire has it, without `seq`. */
  body: Json;
  /** A `tsvector`. */
  search: unknown;
}

export interface MessageRatingsTable {
  conversation_id: string;
  message_id: string;
  value: string;
  reason: string | null;
  at: Timestamp;
}

export interface VisitsTable {
  conversation_id: string;
  started_at: Timestamp;
  site_id: string;
  visitor_id: string | null;
  band: string;
  completed: boolean;
}

export interface AccountsTable {
  id: string;
  email: string;
  name: string;
  role: string;
  password_hash: string;
  credential: string;
  created_at: Timestamp;
}

export interface AccountLinksTable {
  token_hash: string;
  kind: string;
  email: string | null;
  role: string | null;
  expires_at: Timestamp;
}

export interface Tables extends TicketTables {
  conversations: ConversationsTable;
  messages: MessagesTable;
  message_ratings: MessageRatingsTable;
  visits: VisitsTable;
  accounts: AccountsTable;
  account_links: AccountLinksTable;
}
