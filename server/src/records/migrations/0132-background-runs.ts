/** Runs that one process of the server works on in the background, such as benchmarks. */
import type { Migration } from './migration.ts';

export const backgroundRuns: Migration = {
  number: 132,
  name: 'background-runs',
  sql: `
CREATE TABLE background_runs (
  id text COLLATE "C" PRIMARY KEY,
  kind text NOT NULL,
  -- What it is about, such as the models.
  subject text NOT NULL,
  state text NOT NULL,
  started_by text NOT NULL,
  started_at timestamptz NOT NULL DEFAULT now(),
  ended_at timestamptz,
  lease_until timestamptz NOT NULL,
  stopping boolean NOT NULL DEFAULT false,
  result jsonb NOT NULL
);
-- One at a time for each subject.
CREATE UNIQUE INDEX background_runs_running ON background_runs (kind, subject) WHERE state = 'running';
CREATE INDEX background_runs_by_subject ON background_runs (kind, subject, started_at DESC, id);
`,
};
