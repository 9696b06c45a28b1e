/** API tokens, and marks of what was imported from the storage of older versions. */
import type { Migration } from './migration.ts';

export const apiTokens: Migration = {
  number: 20,
  name: 'api-tokens',
  sql: `
CREATE TABLE api_tokens (
  token_hash text COLLATE "C" PRIMARY KEY,
  id text COLLATE "C" NOT NULL UNIQUE,
  name text NOT NULL,
  scope text NOT NULL,
  created_at timestamptz NOT NULL
);

CREATE TABLE imports (
  source text COLLATE "C" PRIMARY KEY,
  imported_at timestamptz NOT NULL DEFAULT now()
);
`,
};
