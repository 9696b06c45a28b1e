/** Which account belongs to a person at an identity provider. */
import type { Migration } from './migration.ts';

export const accountIdentities: Migration = {
  number: 70,
  name: 'account-identities',
  sql: `
CREATE TABLE account_identities (
  issuer text NOT NULL,
  subject text NOT NULL,
  account_id text NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  linked_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (issuer, subject),
  UNIQUE (account_id, issuer)
);
`,
};
