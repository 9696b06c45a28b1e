/** Pictures in PostgreSQL. */
import type { Database } from './database.ts';
import type { PictureStore } from './picture-store.ts';

export function createPostgresPictureStore(database: Database): PictureStore {
  return {
    async save(agentId, name, content) {
      await database.transaction(async (db) => {
        // One at a time for each agent, so that two uploads leave one picture.
        await db.selectFrom('accounts').select('id').where('id', '=', agentId).forUpdate().execute();
        await db
          .updateTable('agent_pictures')
          .set({ content: null })
          .where('agent_id', '=', agentId)
          .where('name', '!=', name)
          .execute();
        const row = { content: Buffer.from(content) };
        await db
          .insertInto('agent_pictures')
          .values({ name, agent_id: agentId, ...row })
          .onConflict((conflict) => conflict.column('name').doUpdateSet(row))
          .execute();
      });
    },
    async remove(agentId) {
      await database.query((db) =>
        db.updateTable('agent_pictures').set({ content: null }).where('agent_id', '=', agentId).execute(),
      );
    },
    find: (name) =>
      database.query(async (db) => {
        const row = await db
          .selectFrom('agent_pictures as asked')
          .leftJoin('agent_pictures as now', (join) =>
            join.onRef('now.agent_id', '=', 'asked.agent_id').on('now.content', 'is not', null),
          )
          .select(['asked.content', 'now.name as current'])
          .where('asked.name', '=', name)
          .executeTakeFirst();
        if (row === undefined) return undefined;
        const { content, current } = row;
        return { ...(content && { content }), ...(current !== null && { current }) };
      }),
    current: () =>
      database.query(async (db) => {
        const rows = await db
          .selectFrom('agent_pictures')
          .select(['agent_id', 'name'])
          .where('content', 'is not', null)
          .execute();
        return Object.fromEntries(rows.map(({ agent_id: agentId, name }) => [agentId, name]));
      }),
  };
}
