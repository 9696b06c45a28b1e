/** Uploaded files, and what crawls remember of pages, in PostgreSQL. */
import { sql } from 'kysely';
import type { Database } from './database.ts';
import { type KnowledgeStore, pageSchema } from './knowledge-store.ts';

type Files = Pick<KnowledgeStore, 'loadPage' | 'savePage' | 'saveFile' | 'listFiles' | 'loadFile' | 'removeFiles'>;

export function createPostgresSourceFiles(database: Database): Files {
  return {
    loadPage: (sourceId, url) =>
      database.query(async (db) => {
        const row = await db
          .selectFrom('crawled_pages')
          .select('page')
          .where('source_id', '=', sourceId)
          .where('url', '=', url)
          .executeTakeFirst();
        return row && pageSchema.parse(row.page);
      }),
    async savePage(sourceId, url, page) {
      const json = JSON.stringify(page);
      await database.query((db) =>
        db
          .insertInto('crawled_pages')
          .values({ source_id: sourceId, url, page: json })
          .onConflict((conflict) => conflict.columns(['source_id', 'url']).doUpdateSet({ page: json }))
          .execute(),
      );
    },
    saveFile: (sourceId, path, content, maxFiles) =>
      database.query(async (db) => {
        const { rows } = await sql`
          INSERT INTO uploaded_files (source_id, path, content)
          SELECT id, ${path}, ${Buffer.from(content)} FROM knowledge_sources
          WHERE id = ${sourceId} AND removed_at IS NULL AND (
            (SELECT count(*) FROM uploaded_files WHERE source_id = ${sourceId}) < ${maxFiles}
            OR EXISTS (SELECT 1 FROM uploaded_files WHERE source_id = ${sourceId} AND path = ${path})
          )
          ON CONFLICT (source_id, path) DO UPDATE SET content = excluded.content, uploaded_at = now()
          RETURNING path`.execute(db);
        return rows.length > 0;
      }),
    listFiles: (sourceId) =>
      database.query(async (db) => {
        const rows = await db
          .selectFrom('uploaded_files')
          .select('path')
          .where('source_id', '=', sourceId)
          .orderBy('path')
          .execute();
        return rows.map(({ path }) => path);
      }),
    loadFile: (sourceId, path) =>
      database.query(async (db) => {
        const row = await db
          .selectFrom('uploaded_files')
          .select('content')
          .where('source_id', '=', sourceId)
          .where('path', '=', path)
          .executeTakeFirst();
        return row?.content;
      }),
    async removeFiles(sourceId) {
      await database.query((db) => db.deleteFrom('uploaded_files').where('source_id', '=', sourceId).execute());
    },
  };
}
