/** Agents and API tokens that have some sites only, agents who can't sign in for now, and tokens that end. */
import type { Migration } from './migration.ts';

export const agentAccess: Migration = {
  number: 22,
  name: 'agent-access',
  sql: `
-- No list of sites: all of them.
ALTER TABLE accounts ADD COLUMN sites text[];
ALTER TABLE accounts ADD COLUMN deactivated_at timestamptz;
ALTER TABLE account_links ADD COLUMN sites text[];
ALTER TABLE account_links ADD COLUMN id text COLLATE "C" UNIQUE;

ALTER TABLE api_tokens ADD COLUMN sites text[];
ALTER TABLE api_tokens ADD COLUMN expires_at timestamptz;
ALTER TABLE api_tokens ADD COLUMN last_used_at timestamptz;
-- The token ends with the agent who made it; those of commands have none.
ALTER TABLE api_tokens ADD COLUMN account_id text COLLATE "C" REFERENCES accounts (id) ON DELETE CASCADE;
`,
};
