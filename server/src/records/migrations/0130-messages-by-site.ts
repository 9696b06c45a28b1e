/** Finds the messages of a site among those that have a word, without reading those of other sites. */
import type { Migration } from './migration.ts';

export const messagesBySite: Migration = {
  number: 130,
  name: 'messages-by-site',
  sql: 'CREATE INDEX messages_by_site ON messages (site_id);',
};
