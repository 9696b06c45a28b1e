/** The second factor of accounts: an encrypted secret, the last code's step, and hashes of recovery codes. */
import type { Migration } from './migration.ts';

export const secondFactor: Migration = {
  number: 23,
  name: 'second-factor',
  sql: 'ALTER TABLE accounts ADD COLUMN second_factor jsonb;',
};
