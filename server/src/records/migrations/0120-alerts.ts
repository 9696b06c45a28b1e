/** Alerts, and the notices of them that are still to be sent. */
import type { Migration } from './migration.ts';

export const alerts: Migration = {
  number: 120,
  name: 'alerts',
  sql: `
CREATE TABLE alerts (
  id text COLLATE "C" PRIMARY KEY,
  -- What it is about.
  key text COLLATE "C" NOT NULL,
  since timestamptz NOT NULL,
  closed_at timestamptz,
  -- Since when its cause is over.
  clear_since timestamptz,
  alert jsonb NOT NULL
);
CREATE UNIQUE INDEX alerts_open ON alerts (key) WHERE closed_at IS NULL;
CREATE INDEX alerts_of_key ON alerts (key, since DESC);

CREATE TABLE alert_notices (
  id text COLLATE "C" PRIMARY KEY,
  alert_id text COLLATE "C" NOT NULL REFERENCES alerts (id) ON DELETE CASCADE,
  change text NOT NULL,
  next_at timestamptz NOT NULL,
  -- Accounts that have been sent it.
  mailed text[] NOT NULL DEFAULT '{}',
  notice jsonb NOT NULL
);
CREATE INDEX alert_notices_of_alert ON alert_notices (alert_id);
`,
};
