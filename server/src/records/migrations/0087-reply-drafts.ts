/** Drafts of agents' replies. */
import type { Migration } from './migration.ts';

export const replyDrafts: Migration = {
  number: 87,
  name: 'reply-drafts',
  sql: `
CREATE TABLE reply_drafts (
  agent_id text COLLATE "C" NOT NULL,
  ticket_id text COLLATE "C" NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
  draft jsonb NOT NULL,
  PRIMARY KEY (agent_id, ticket_id)
);
CREATE INDEX reply_drafts_of_ticket ON reply_drafts (ticket_id);
`,
};
