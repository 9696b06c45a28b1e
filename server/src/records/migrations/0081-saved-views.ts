/** Views that agents save, and what the lists are filtered by. */
import type { Migration } from './migration.ts';

export const savedViews: Migration = {
  number: 81,
  name: 'saved-views',
  sql: `
CREATE TABLE saved_views (
  id text COLLATE "C" PRIMARY KEY,
  agent_id text COLLATE "C" NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  view jsonb NOT NULL
);
CREATE INDEX saved_views_of_agent ON saved_views (agent_id, created_at);

CREATE INDEX tickets_snoozed ON tickets (changed_at DESC, id DESC) WHERE state = 'snoozed';
CREATE INDEX messages_unsupported ON messages (conversation_id) WHERE body ? 'unsupported';
CREATE INDEX visits_slow ON visits (conversation_id) WHERE band = 'slow';
`,
};
