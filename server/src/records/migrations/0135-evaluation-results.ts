/** What an evaluation finds of each case. It ends with its run and with its case, which an erased conversation takes along. */
import type { Migration } from './migration.ts';

export const evaluationResults: Migration = {
  number: 135,
  name: 'evaluation-results',
  sql: `
CREATE TABLE evaluation_results (
  run_id text COLLATE "C" NOT NULL REFERENCES background_runs (id) ON DELETE CASCADE,
  case_id text COLLATE "C" NOT NULL REFERENCES evaluation_cases (id) ON DELETE CASCADE,
  -- In the order in which the cases were asked.
  position integer NOT NULL,
  body jsonb NOT NULL,
  PRIMARY KEY (run_id, case_id)
);
CREATE INDEX evaluation_results_by_case ON evaluation_results (case_id);
`,
};
