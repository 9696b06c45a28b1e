/** Agents' pictures. The content is deleted when another replaces it; the name stays, because messages have it. */
import type { Migration } from './migration.ts';

export const agentPictures: Migration = {
  number: 125,
  name: 'agent-pictures',
  sql: `
CREATE TABLE agent_pictures (
  name text COLLATE "C" PRIMARY KEY,
  agent_id text COLLATE "C" NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  content bytea
);
CREATE INDEX agent_pictures_by_agent ON agent_pictures (agent_id);
`,
};
