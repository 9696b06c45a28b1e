/** The audit log in PostgreSQL, whose triggers refuse every change but the deletion of what has expired. */
import { auditEntrySchema } from '@firstword/shared/audit';
import { sql } from 'kysely';
import type { AuditStore } from './audit-store.ts';
import type { Database } from './database.ts';
import { isAfterCursor, pageOfRows } from './newest-first.ts';
import { type ExpiryPart, expiryParts } from './site-expiry.ts';
import { storedJson, storedText } from './stored-text.ts';

/** Rows of one step: others are not held up by a long one. */
const DELETED_AT_ONCE = 1000;

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
              target_id: entry.target === undefined ? null : storedText(entry.target.id),
              site_id: entry.siteId ?? null,
              entry: storedJson(entry),
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

    async expire(expiry) {
      let deleted = 0;
      for (const part of expiryParts(expiry)) {
        let step: number;
        do {
          step = await deleteSome(database, part);
          deleted += step;
        } while (step === DELETED_AT_ONCE);
      }
      return deleted;
    },
  };
}

/** The trigger lets go of what is older than the time that this transaction names. */
function deleteSome(database: Database, { before, isOfPart }: ExpiryPart): Promise<number> {
  return database.transaction(async (db) => {
    await sql`SELECT set_config('firstword.audit_expires_before', ${before.toISOString()}, true)`.execute(db);
    const old = sql`SELECT ctid FROM audit_log WHERE at < ${before} AND ${isOfPart} LIMIT ${DELETED_AT_ONCE}`;
    const { numAffectedRows = 0n } = await sql`DELETE FROM audit_log WHERE ctid = ANY(ARRAY(${old}))`.execute(db);
    return Number(numAffectedRows);
  });
}
