/** Sources of articles, their import runs, and the versions of their articles. */
import type { Migration } from './migration.ts';

export const knowledge: Migration = {
  number: 50,
  name: 'knowledge',
  sql: `
CREATE TABLE knowledge_sources (
  id text COLLATE "C" PRIMARY KEY,
  site_id text NOT NULL,
  name text NOT NULL,
  origin jsonb NOT NULL,
  every_hours integer,
  next_run_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  position bigint GENERATED ALWAYS AS IDENTITY,
  version integer NOT NULL DEFAULT 0,
  articles integer NOT NULL DEFAULT 0,
  removed_at timestamptz
);
CREATE INDEX knowledge_sources_by_site ON knowledge_sources (site_id, position);
CREATE INDEX knowledge_sources_due ON knowledge_sources (next_run_at) WHERE removed_at IS NULL AND next_run_at IS NOT NULL;
CREATE UNIQUE INDEX knowledge_sources_manual ON knowledge_sources (site_id)
  WHERE origin->>'kind' = 'manual' AND removed_at IS NULL;

CREATE TABLE import_runs (
  id text COLLATE "C" PRIMARY KEY,
  source_id text COLLATE "C" NOT NULL REFERENCES knowledge_sources (id),
  site_id text NOT NULL,
  trigger text NOT NULL,
  state text NOT NULL,
  started_at timestamptz NOT NULL DEFAULT now(),
  ended_at timestamptz,
  lease_until timestamptz NOT NULL,
  stopping boolean NOT NULL DEFAULT false,
  read integer NOT NULL DEFAULT 0,
  total integer,
  added integer NOT NULL DEFAULT 0,
  changed integer NOT NULL DEFAULT 0,
  removed integer NOT NULL DEFAULT 0,
  problems integer NOT NULL DEFAULT 0,
  problem_list json NOT NULL DEFAULT '[]',
  error text,
  version integer
);
-- One at a time for each source.
CREATE UNIQUE INDEX import_runs_running ON import_runs (source_id) WHERE state = 'running';
CREATE INDEX import_runs_by_source ON import_runs (source_id, started_at DESC, id);

CREATE TABLE article_contents (
  source_id text COLLATE "C" NOT NULL REFERENCES knowledge_sources (id),
  hash text COLLATE "C" NOT NULL,
  article text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (source_id, hash)
);

CREATE TABLE article_versions (
  source_id text COLLATE "C" NOT NULL REFERENCES knowledge_sources (id),
  number integer NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  made_by text NOT NULL,
  note text NOT NULL,
  articles integer NOT NULL,
  added integer NOT NULL,
  changed integer NOT NULL,
  removed integer NOT NULL,
  -- [[id, title, hash or null], ...] in the order of the source. json keeps characters that jsonb refuses.
  entries json NOT NULL,
  PRIMARY KEY (source_id, number)
);

CREATE TABLE crawled_pages (
  source_id text COLLATE "C" NOT NULL REFERENCES knowledge_sources (id),
  url text COLLATE "C" NOT NULL,
  page json NOT NULL,
  PRIMARY KEY (source_id, url)
);

CREATE TABLE uploaded_files (
  source_id text COLLATE "C" NOT NULL REFERENCES knowledge_sources (id),
  path text COLLATE "C" NOT NULL,
  content bytea NOT NULL,
  uploaded_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (source_id, path)
);
`,
};
