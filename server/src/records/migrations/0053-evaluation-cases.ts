/** Cases for evaluations, saved from reviews of proposed replies. */
import type { Migration } from './migration.ts';

export const evaluationCases: Migration = {
  number: 53,
  name: 'evaluation-cases',
  sql: `
CREATE TABLE evaluation_cases (
  id text COLLATE "C" PRIMARY KEY,
  site_id text NOT NULL,
  conversation_id text COLLATE "C" NOT NULL,
  body jsonb NOT NULL,
  saved_at timestamptz NOT NULL,
  saved_by text NOT NULL
);
CREATE INDEX evaluation_cases_by_site ON evaluation_cases (site_id, saved_at DESC);
CREATE INDEX evaluation_cases_by_conversation ON evaluation_cases (conversation_id);
`,
};
