/** The tables of articles and of what is learnt about them, as Kysely types them. */
import type { ColumnType, Generated, GeneratedAlways } from 'kysely';
import type { Json, Timestamp } from './columns.ts';

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
  error_phrase: Json | null;
  problem_phrases: Json | null;
  version: number | null;
}

interface ArticleContentsTable {
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

interface CrawledPagesTable {
  source_id: string;
  url: string;
  page: Json;
}

interface UploadedFilesTable {
  source_id: string;
  path: string;
  content: Buffer;
  uploaded_at: Generated<Date>;
}

interface KnowledgeGapsTable {
  id: string;
  site_id: string;
  /** What its questions have in common, as the search reads them. */
  words: string[];
}

interface GapQuestionsTable {
  conversation_id: string;
  seq: number;
  gap_id: string;
  question: string;
  at: Timestamp;
}

interface EvaluationCasesTable {
  id: string;
  site_id: string;
  /** Empty for a case that was written by hand. */
  conversation_id: string;
  body: Json;
  saved_at: Timestamp;
  saved_by: string;
}

interface EvaluationResultsTable {
  run_id: string;
  case_id: string;
  position: number;
  body: Json;
}

export interface ArticleProposalsTable {
  id: string;
  site_id: string;
  state: string;
  conversation_ids: string[];
  created_at: Timestamp;
  body: Json;
}

export interface KnowledgeTables {
  knowledge_sources: KnowledgeSourcesTable;
  import_runs: ImportRunsTable;
  article_contents: ArticleContentsTable;
  article_versions: ArticleVersionsTable;
  crawled_pages: CrawledPagesTable;
  uploaded_files: UploadedFilesTable;
  knowledge_gaps: KnowledgeGapsTable;
  gap_questions: GapQuestionsTable;
  evaluation_cases: EvaluationCasesTable;
  evaluation_results: EvaluationResultsTable;
  article_proposals: ArticleProposalsTable;
}
