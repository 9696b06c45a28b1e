/** The tables as Kysely types them. `migrations` creates them. */
import type { ColumnType, Generated, GeneratedAlways } from 'kysely';
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

export interface AccountsTable {
  id: string;
  email: string;
  name: string;
  role: string;
  sites: string[] | null;
  deactivated_at: Timestamp | null;
  second_factor: Json | null;
  password_hash: string;
  credential: string;
  created_at: Timestamp;
}

export interface AccountIdentitiesTable {
  issuer: string;
  subject: string;
  account_id: string;
  linked_at: Generated<Timestamp>;
}

export interface AccountLinksTable {
  token_hash: string;
  kind: string;
  id: string | null;
  email: string | null;
  role: string | null;
  sites: string[] | null;
  expires_at: Timestamp;
}

export interface AgentPreferencesTable {
  agent_id: string;
  preferences: Json;
}

export interface SavedViewsTable {
  id: string;
  agent_id: string;
  created_at: Generated<Date>;
  view: Json;
}

export interface KnowledgeSourcesTable {
  id: string;
  site_id: string;
  name: string;
  origin: Json;
  every_hours: number | null;
  next_run_at: Timestamp | null;
  created_at: Generated<Date>;
  /** Counts up in the order in which sources were added. */
  position: GeneratedAlways<string>;
  version: Generated<number>;
  articles: Generated<number>;
  /** The row stays, so that a site whose sources were removed differs from one that this database has never seen. */
  removed_at: Timestamp | null;
}

export interface ImportRunsTable {
  id: string;
  source_id: string;
  site_id: string;
  trigger: string;
  state: string;
  started_at: Generated<Date>;
  ended_at: Timestamp | null;
  lease_until: Timestamp;
  stopping: Generated<boolean>;
  read: Generated<number>;
  total: number | null;
  added: Generated<number>;
  changed: Generated<number>;
  removed: Generated<number>;
  problems: Generated<number>;
  problem_list: ColumnType<unknown, string | undefined, string>;
  error: string | null;
  version: number | null;
}

export interface ArticleContentsTable {
  source_id: string;
  /** Of `article`. */
  hash: string;
  /** As JSON text. */
  article: string;
  created_at: Generated<Date>;
}

export interface ArticleVersionsTable {
  source_id: string;
  number: number;
  created_at: Generated<Date>;
  made_by: string;
  note: string;
  articles: number;
  added: number;
  changed: number;
  removed: number;
  entries: Json;
}

export interface CrawledPagesTable {
  source_id: string;
  url: string;
  page: Json;
}

export interface UploadedFilesTable {
  source_id: string;
  path: string;
  content: Buffer;
  uploaded_at: Generated<Date>;
}

export interface KnowledgeGapsTable {
  id: string;
  site_id: string;
  /** What its questions have in common, as the search reads them. */
  words: string[];
}

export interface GapQuestionsTable {
  conversation_id: string;
  seq: number;
  gap_id: string;
  question: string;
  at: Timestamp;
}

export interface EvaluationCasesTable {
  id: string;
  site_id: string;
  conversation_id: string;
  body: Json;
  saved_at: Timestamp;
  saved_by: string;
}

export interface ArticleProposalsTable {
  id: string;
  site_id: string;
  state: string;
  conversation_ids: string[];
  created_at: Timestamp;
  body: Json;
}

export interface ApiTokensTable {
  token_hash: string;
  id: string;
  name: string;
  scope: string;
  sites: string[] | null;
  account_id: string | null;
  created_at: Timestamp;
  expires_at: Timestamp | null;
  last_used_at: Timestamp | null;
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

export interface CannedRepliesTable {
  id: string;
  site_id: string | null;
  shortcut: string;
  reply: Json;
}

export interface ReplyDraftsTable {
  agent_id: string;
  ticket_id: string;
  draft: Json;
}

export interface ImportsTable {
  source: string;
  imported_at: Generated<Date>;
}

export interface Tables extends TicketTables {
  conversations: ConversationsTable;
  messages: MessagesTable;
  message_ratings: MessageRatingsTable;
  visits: VisitsTable;
  accounts: AccountsTable;
  account_identities: AccountIdentitiesTable;
  account_links: AccountLinksTable;
  agent_preferences: AgentPreferencesTable;
  saved_views: SavedViewsTable;
  knowledge_sources: KnowledgeSourcesTable;
  import_runs: ImportRunsTable;
  article_contents: ArticleContentsTable;
  article_versions: ArticleVersionsTable;
  crawled_pages: CrawledPagesTable;
  uploaded_files: UploadedFilesTable;
  knowledge_gaps: KnowledgeGapsTable;
  gap_questions: GapQuestionsTable;
  evaluation_cases: EvaluationCasesTable;
  article_proposals: ArticleProposalsTable;
  api_tokens: ApiTokensTable;
  audit_log: AuditLogTable;
  webhooks: WebhooksTable;
  webhook_deliveries: WebhookDeliveriesTable;
  canned_replies: CannedRepliesTable;
  reply_drafts: ReplyDraftsTable;
  imports: ImportsTable;
  ledger_rows: LedgerRowsTable;
  price_tables: PriceTablesTable;
  felt_samples: FeltSamplesTable;
}
