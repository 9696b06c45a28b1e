/** Articles that are proposed from what visitors asked. */
import type { Migration } from './migration.ts';

export const proposals: Migration = {
  number: 54,
  name: 'proposals',
  sql: `
CREATE TABLE article_proposals (
  id text COLLATE "C" PRIMARY KEY,
  site_id text NOT NULL,
  state text NOT NULL,
  conversation_ids text[] NOT NULL,
  created_at timestamptz NOT NULL,
  body jsonb NOT NULL
);
CREATE INDEX article_proposals_by_site ON article_proposals (site_id, created_at DESC);
CREATE INDEX article_proposals_by_conversation ON article_proposals USING gin (conversation_ids);
`,
};
