/** The browsers to which notifications are pushed. Their sessions are in Redis, so only the account is a reference. */
import type { Migration } from './migration.ts';

export const pushDevices: Migration = {
  number: 131,
  name: 'push-devices',
  sql: `
CREATE TABLE push_devices (
  id text COLLATE "C" PRIMARY KEY,
  agent_id text COLLATE "C" NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  session_id text NOT NULL,
  credential text NOT NULL,
  device text NOT NULL,
  subscription jsonb NOT NULL,
  added_at timestamptz NOT NULL,
  last_push_at timestamptz
);
CREATE INDEX push_devices_by_agent ON push_devices (agent_id);
`,
};
