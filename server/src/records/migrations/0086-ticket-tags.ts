/** Tickets by tag. */
import type { Migration } from './migration.ts';

export const ticketTags: Migration = {
  number: 86,
  name: 'ticket-tags',
  sql: `
CREATE INDEX tickets_by_tag ON tickets USING gin ((record #> '{ticket,tags}'))
  WHERE record #> '{ticket,tags}' IS NOT NULL;
CREATE INDEX tickets_tagged ON tickets (changed_at DESC) WHERE record #> '{ticket,tags}' IS NOT NULL;
`,
};
