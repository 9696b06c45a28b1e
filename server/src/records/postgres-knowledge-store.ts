/** Sources, runs and versions in PostgreSQL. */
import type { Database } from './database.ts';
import type { KnowledgeStore } from './knowledge-store.ts';
import { createPostgresArticleVersions } from './postgres-article-versions.ts';
import { createPostgresImportRuns } from './postgres-import-runs.ts';
import { createPostgresSourceFiles } from './postgres-source-files.ts';
import { createPostgresSources } from './postgres-sources.ts';

export function createPostgresKnowledgeStore(database: Database): KnowledgeStore {
  return {
    ...createPostgresSources(database),
    ...createPostgresImportRuns(database),
    ...createPostgresArticleVersions(database),
    ...createPostgresSourceFiles(database),
  };
}
