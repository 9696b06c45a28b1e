/** A role for each site. */
import type { Migration } from './migration.ts';

export const siteRoles: Migration = {
  number: 95,
  name: 'site-roles',
  sql: `
-- Without it, "role" counts on all of "sites".
ALTER TABLE accounts ADD COLUMN site_roles jsonb;
ALTER TABLE account_links ADD COLUMN site_roles jsonb;
`,
};
