/** Cases in PostgreSQL. */
import { evaluationCaseSchema } from '@firstword/shared/evaluation-case';
import type { CaseStore } from './case-store.ts';
import type { Database } from './database.ts';
import { storedJson } from './stored-text.ts';

export function createPostgresCaseStore(database: Database): CaseStore {
  return {
    async save({ siteId, conversationId = '', savedAt, by, ...body }) {
      const row = { body: storedJson(body), saved_at: new Date(savedAt), saved_by: by };
      await database.query((db) =>
        db
          .insertInto('evaluation_cases')
          .values({ id: body.id, site_id: siteId, conversation_id: conversationId, ...row })
          .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
          .execute(),
      );
    },
    list: (siteId, limit, conversationId) =>
      database.query(async (db) => {
        const ofSite = db.selectFrom('evaluation_cases').selectAll().where('site_id', '=', siteId);
        const found = conversationId === undefined ? ofSite : ofSite.where('conversation_id', '=', conversationId);
        const rows = await found.orderBy('saved_at', 'desc').limit(limit).execute();
        return rows.map((row) => ({
          ...evaluationCaseSchema.parse(row.body),
          siteId: row.site_id,
          ...(row.conversation_id !== '' && { conversationId: row.conversation_id }),
          savedAt: row.saved_at.getTime(),
          by: row.saved_by,
        }));
      }),
    remove: (id, siteIds) =>
      database.query(async (db) => {
        const { numDeletedRows } = await db
          .deleteFrom('evaluation_cases')
          .where('id', '=', id)
          .where('site_id', 'in', [...siteIds, ''])
          .executeTakeFirst();
        return numDeletedRows > 0n;
      }),
    async erase(conversationId) {
      await database.query((db) =>
        db.deleteFrom('evaluation_cases').where('conversation_id', '=', conversationId).execute(),
      );
    },
  };
}
