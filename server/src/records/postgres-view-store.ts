/** Saved views in PostgreSQL. */
import { savedViewSchema } from '@firstword/shared/saved-view';
import { sql } from 'kysely';
import type { Database } from './database.ts';
import { storedJson } from './stored-text.ts';
import type { ViewStore } from './view-store.ts';

export function createPostgresViewStore(database: Database): ViewStore {
  return {
    list: (agentId) =>
      database.query(async (db) => {
        const rows = await db
          .selectFrom('saved_views')
          .select('view')
          .where('agent_id', '=', agentId)
          .orderBy('created_at')
          .orderBy('id')
          .execute();
        return rows.map(({ view }) => savedViewSchema.parse(view));
      }),
    add: (agentId, view, most) =>
      database.query(async (db) => {
        const { rows } = await sql`
          INSERT INTO saved_views (id, agent_id, view)
          SELECT ${view.id}, ${agentId}, ${storedJson(view)}::jsonb
          WHERE (SELECT count(*) FROM saved_views WHERE agent_id = ${agentId}) < ${most}
          RETURNING id`.execute(db);
        return rows.length > 0;
      }),
    remove: (agentId, id) =>
      database.query(async (db) => {
        const { numDeletedRows } = await db
          .deleteFrom('saved_views')
          .where('agent_id', '=', agentId)
          .where('id', '=', id)
          .executeTakeFirst();
        return numDeletedRows > 0n;
      }),
  };
}
