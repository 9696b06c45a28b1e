/** What a site states about a visitor whom it has identified. */
import type { Migration } from './migration.ts';

export const visitorProfiles: Migration = {
  number: 65,
  name: 'visitor-profiles',
  sql: `ALTER TABLE conversations ADD COLUMN profile jsonb;`,
};
