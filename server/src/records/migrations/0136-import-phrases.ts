/** Why an import failed and what it left out, in parts, for readers in another language. */
import type { Migration } from './migration.ts';

export const importPhrases: Migration = {
  number: 136,
  name: 'import-phrases',
  sql: `
ALTER TABLE import_runs ADD COLUMN error_phrase jsonb, ADD COLUMN problem_phrases jsonb;
`,
};
