/** The audit log in PostgreSQL, whose triggers refuse every change but the deletion of what has expired. */
import { auditEntrySchema } from '@firstword/shared/audit';
import { sql } from 'kysely';
import type { AuditStore } from './audit-store.ts';
import type { Database } from './database.ts';
import { isAfterCursor, pageOfRows } from './newest-first.ts';

export function createPostgresAuditStore(database: Database): AuditStore {
  return {
    async add(entries) {
      if (entries.length === 0) return;
      await database.query((db) =>
        db
          .insertInto('audit_log')
          .values(
            entries.map((entry) => ({
              id: entry.id,
              at: new Date(entry.at),
              action: entry.action,
              actor_id: entry.actor.id ?? null,
              target_id: entry.target?.id ?? null,
              site_id: entry.siteId ?? null,
              entry: JSON.stringify(entry),
            })),
          )
          .onConflict((conflict) => conflict.doNothing())
          .execute(),
      );
    },

    list: ({ siteId, action, actorId, targetId, from, to, cursor, limit }) =>
      database.query(async (db) => {
        let query = db.selectFrom('audit_log').select(['id', 'at', 'entry']);
        if (siteId !== undefined) query = query.where('site_id', '=', siteId);
        if (action !== undefined) query = query.where('action', '=', action);
        if (actorId !== undefined) query = query.where('actor_id', '=', actorId);
        if (targetId !== undefined) query = query.where('target_id', '=', targetId);
        if (from !== undefined) query = query.where('at', '>=', new Date(from));
        if (to !== undefined) query = query.where('at', '<', new Date(to));
        const rows = await query
          .where(isAfterCursor(cursor))
          .orderBy('at', 'desc')
          .orderBy('id', 'desc')
          .limit(limit + 1)
          .execute();
        const { page, ...next } = pageOfRows(rows, limit);
        return { entries: page.map(({ entry }) => auditEntrySchema.parse(entry)), ...next };
      }),

    expire: (before) =>
      database.transaction(async (db) => {
        const limit = new Date(before);
        await sql`SELECT set_config('firstword.audit_expires_before', ${limit.toISOString()}, true)`.execute(db);
        const { numDeletedRows } = await db.deleteFrom('audit_log').where('at', '<', limit).executeTakeFirst();
        return Number(numDeletedRows);
      }),
  };
}
