/** Canned replies in PostgreSQL. */
import { cannedReplySchema } from '@firstword/shared/canned-reply';
import { sql } from 'kysely';
import type { CannedReplyStore } from './canned-reply-store.ts';
import type { Database } from './database.ts';
import { storedJson } from './stored-text.ts';

export function createPostgresCannedReplyStore(database: Database): CannedReplyStore {
  return {
    save: (reply) =>
      database.transaction(async (db) => {
        // One at a time, so that two can't both save one shortcut.
        await sql`LOCK TABLE canned_replies IN SHARE ROW EXCLUSIVE MODE`.execute(db);
        const row = { site_id: reply.siteId ?? null, shortcut: reply.shortcut, reply: storedJson(reply) };
        const other = await db
          .selectFrom('canned_replies')
          .select('id')
          .where('shortcut', '=', row.shortcut)
          .where('site_id', 'is not distinct from', row.site_id)
          .where('id', '<>', reply.id)
          .executeTakeFirst();
        if (other !== undefined) return 'taken';
        await db
          .insertInto('canned_replies')
          .values({ id: reply.id, ...row })
          .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
          .execute();
        return 'saved';
      }),
    list: (siteIds) =>
      database.query(async (db) => {
        const rows = await db
          .selectFrom('canned_replies')
          .select('reply')
          .where((row) => row.or([row('site_id', 'is', null), row('site_id', 'in', [...siteIds, ''])]))
          .orderBy('shortcut')
          .orderBy('id')
          .execute();
        return rows.map(({ reply }) => cannedReplySchema.parse(reply));
      }),
    find: (id) =>
      database.query(async (db) => {
        const row = await db.selectFrom('canned_replies').select('reply').where('id', '=', id).executeTakeFirst();
        return row && cannedReplySchema.parse(row.reply);
      }),
    remove: (id) =>
      database.query(async (db) => {
        const { numDeletedRows } = await db.deleteFrom('canned_replies').where('id', '=', id).executeTakeFirst();
        return numDeletedRows > 0n;
      }),
  };
}
