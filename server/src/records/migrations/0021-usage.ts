/** Rows of model calls, and totals by day of calls, felt TTFT and visits. */
import type { Migration } from './migration.ts';

/** In the order of `CALL_AMOUNTS`. */
const AMOUNTS = `
  calls bigint NOT NULL,
  failed_calls bigint NOT NULL,
  aborted_calls bigint NOT NULL,
  prompt_tokens bigint NOT NULL,
  completion_tokens bigint NOT NULL,
  cached_tokens bigint NOT NULL,
  estimated_calls bigint NOT NULL,
  full_calls bigint NOT NULL,
  full_pico_usd bigint NOT NULL,
  output_only_calls bigint NOT NULL,
  output_only_pico_usd bigint NOT NULL,
  unknown_calls bigint NOT NULL,
  dropped_calls bigint NOT NULL,
  ttft_calls bigint NOT NULL,
  ttft_ms bigint NOT NULL`;

export const usage: Migration = {
  number: 21,
  name: 'usage',
  sql: `
CREATE TABLE ledger_rows (
  call_id text COLLATE "C" PRIMARY KEY,
  started_at timestamptz NOT NULL,
  site_id text NOT NULL,
  conversation_id text COLLATE "C",
  body jsonb NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ledger_rows_by_time ON ledger_rows (recorded_at);
CREATE INDEX ledger_rows_by_conversation ON ledger_rows (conversation_id, started_at) WHERE conversation_id IS NOT NULL;

CREATE TABLE price_tables (
  version text COLLATE "C" PRIMARY KEY,
  prices jsonb NOT NULL,
  first_used_at timestamptz NOT NULL DEFAULT now()
);

-- An array has one count for each bucket of the TTFT histogram.
CREATE TABLE call_totals (
  day date NOT NULL,
  site_id text NOT NULL,
  tier text NOT NULL,
  region text NOT NULL,
  model_id text NOT NULL,
  purpose text NOT NULL,${AMOUNTS},
  ttft bigint[] NOT NULL,
  PRIMARY KEY (day, site_id, tier, region, model_id, purpose)
);

CREATE TABLE owner_totals (
  owner text NOT NULL,
  owner_id text COLLATE "C" NOT NULL,${AMOUNTS},
  PRIMARY KEY (owner, owner_id)
);

-- Kept for two days: for the burn rate, and so that a turn is counted once.
CREATE TABLE felt_samples (
  turn_id text COLLATE "C" PRIMARY KEY,
  site_id text NOT NULL,
  at timestamptz NOT NULL,
  bucket smallint NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX felt_samples_by_site ON felt_samples (site_id, at) INCLUDE (bucket);
CREATE INDEX felt_samples_by_time ON felt_samples (recorded_at);

CREATE TABLE felt_totals (
  day date NOT NULL,
  site_id text NOT NULL,
  region text NOT NULL,
  tier text NOT NULL,
  model_id text NOT NULL,
  ttft bigint[] NOT NULL,
  PRIMARY KEY (site_id, day, region, tier, model_id)
);

ALTER TABLE visits ADD returned boolean NOT NULL DEFAULT false;

CREATE TABLE visit_totals (
  day date NOT NULL,
  site_id text NOT NULL,
  band text NOT NULL,
  visits bigint NOT NULL,
  completed bigint NOT NULL,
  returned bigint NOT NULL,
  PRIMARY KEY (site_id, day, band)
);

CREATE FUNCTION add_counts(one bigint[], other bigint[]) RETURNS bigint[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT array_agg(coalesce(a, 0) + coalesce(b, 0) ORDER BY bucket) FROM unnest(one, other) WITH ORDINALITY AS pairs (a, b, bucket)
$$;
`,
};
