/** Canned replies. */
import type { Migration } from './migration.ts';

export const cannedReplies: Migration = {
  number: 85,
  name: 'canned-replies',
  sql: `
CREATE TABLE canned_replies (
  id text COLLATE "C" PRIMARY KEY,
  -- Null: for all sites.
  site_id text,
  shortcut text COLLATE "C" NOT NULL,
  reply jsonb NOT NULL
);
CREATE UNIQUE INDEX canned_replies_by_shortcut ON canned_replies (coalesce(site_id, ''), shortcut);
`,
};
