/** Agents' accounts, and their one-time links. */
import type { Migration } from './migration.ts';

export const accounts: Migration = {
  number: 2,
  name: 'accounts',
  sql: `
CREATE TABLE accounts (
  id text COLLATE "C" PRIMARY KEY,
  email text NOT NULL UNIQUE,
  name text NOT NULL,
  role text NOT NULL,
  password_hash text NOT NULL,
  credential text NOT NULL,
  created_at timestamptz NOT NULL
);

CREATE TABLE account_links (
  token_hash text COLLATE "C" PRIMARY KEY,
  kind text NOT NULL,
  email text,
  role text,
  expires_at timestamptz NOT NULL
);
CREATE INDEX account_links_expired ON account_links (expires_at);
`,
};
