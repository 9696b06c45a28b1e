/** When each agent was last assigned a ticket in turn. */
import type { Migration } from './migration.ts';

export const ticketTurns: Migration = {
  number: 110,
  name: 'ticket-turns',
  sql: `
CREATE TABLE ticket_turns (
  agent_id text COLLATE "C" PRIMARY KEY,
  at timestamptz NOT NULL
);
`,
};
