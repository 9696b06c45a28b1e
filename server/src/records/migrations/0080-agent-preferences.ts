/** What agents choose for themselves. */
import type { Migration } from './migration.ts';

export const agentPreferences: Migration = {
  number: 80,
  name: 'agent-preferences',
  sql: `
CREATE TABLE agent_preferences (
  agent_id text COLLATE "C" PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
  preferences jsonb NOT NULL
);
`,
};
