/** The tables as Kysely types them. `migrations` creates them. */
import type { ColumnType, Generated } from 'kysely';
import type { AgentTables } from './agent-tables.ts';
import type { Json, Timestamp } from './columns.ts';
import type { KnowledgeTables } from './knowledge-tables.ts';
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
  /** Of a visitor whom the site has identified. Name and address of the row are then the profile's. */
  profile: Json | null;
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
  /** The visitor came back within 30 days. */
  returned: Generated<boolean>;
}

/** `call_totals`, `owner_totals`, `felt_totals`, `visit_totals` and the tables of versions are read and written with SQL alone. */
export interface LedgerRowsTable {
  call_id: string;
  started_at: Timestamp;
  site_id: string;
  conversation_id: string | null;
  body: Json;
  recorded_at: Generated<Date>;
}

export interface PriceTablesTable {
  version: string;
  prices: Json;
  first_used_at: Generated<Date>;
}

export interface FeltSamplesTable {
  turn_id: string;
  site_id: string;
  at: Timestamp;
  bucket: number;
  recorded_at: Generated<Date>;
}

export interface AuditLogTable {
  id: string;
  at: Timestamp;
  action: string;
  actor_id: string | null;
  target_id: string | null;
  site_id: string | null;
  entry: Json;
}

export interface WebhooksTable {
  id: string;
  created_at: Timestamp;
  is_disabled: boolean;
  webhook: Json;
}

export interface WebhookDeliveriesTable {
  id: string;
  webhook_id: string;
  conversation_id: string | null;
  at: Timestamp;
  next_at: ColumnType<Date | null, Date | null, Date | null>;
  delivery: Json;
}

export interface AlertsTable {
  id: string;
  key: string;
  since: Timestamp;
  closed_at: ColumnType<Date | null, undefined, Date>;
  clear_since: ColumnType<Date | null, undefined, Date | null>;
  alert: Json;
}

export interface AlertNoticesTable {
  id: string;
  alert_id: string;
  change: string;
  next_at: Timestamp;
  mailed: Generated<string[]>;
  notice: Json;
}

export interface BackgroundRunsTable {
  id: string;
  kind: string;
  subject: string;
  state: string;
  started_by: string;
  started_at: Generated<Date>;
  ended_at: Timestamp | null;
  lease_until: Timestamp;
  stopping: Generated<boolean>;
  result: Json;
}

export interface ImportsTable {
  source: string;
  imported_at: Generated<Date>;
}

export interface Tables extends AgentTables, KnowledgeTables, TicketTables {
  conversations: ConversationsTable;
  messages: MessagesTable;
  message_ratings: MessageRatingsTable;
  visits: VisitsTable;
  audit_log: AuditLogTable;
  webhooks: WebhooksTable;
  webhook_deliveries: WebhookDeliveriesTable;
  alerts: AlertsTable;
  alert_notices: AlertNoticesTable;
  background_runs: BackgroundRunsTable;
  imports: ImportsTable;
  ledger_rows: LedgerRowsTable;
  price_tables: PriceTablesTable;
  felt_samples: FeltSamplesTable;
}
