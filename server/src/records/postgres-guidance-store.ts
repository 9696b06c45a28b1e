/** Guidance in PostgreSQL. */
import { guidanceSchema } from '@firstword/shared/guidance';
import { sql } from 'kysely';
import type { Database } from './database.ts';
import type { GuidanceStore } from './guidance-store.ts';
import { storedJson } from './stored-text.ts';

export function createPostgresGuidanceStore(database: Database): GuidanceStore {
  return {
    load: (siteId) =>
      database.query(async (db) => {
        const row = await db
          .selectFrom('guidance_versions')
          .select(['number', 'guidance'])
          .where('site_id', '=', siteId)
          .orderBy('number', 'desc')
          .limit(1)
          .executeTakeFirst();
        return row && { number: row.number, guidance: guidanceSchema.parse(row.guidance) };
      }),
    loadVersion: (siteId, number) =>
      database.query(async (db) => {
        const row = await db
          .selectFrom('guidance_versions')
          .select('guidance')
          .where('site_id', '=', siteId)
          .where('number', '=', number)
          .executeTakeFirst();
        return row && guidanceSchema.parse(row.guidance);
      }),
    save: (siteId, guidance, { after, by }) =>
      database.query(async (db) => {
        // One statement, and the key refuses the second of two at once.
        const { rows } = await sql`
          INSERT INTO guidance_versions (site_id, number, made_by, guidance)
          SELECT ${siteId}, ${after + 1}::int, ${by}, ${storedJson(guidance)}::jsonb
          WHERE coalesce((SELECT max(number) FROM guidance_versions WHERE site_id = ${siteId}), 0) = ${after}::int
          ON CONFLICT DO NOTHING RETURNING number`.execute(db);
        return rows.length > 0 ? 'saved' : 'conflict';
      }),
    listVersions: (siteId, limit) =>
      database.query(async (db) => {
        const rows = await db
          .selectFrom('guidance_versions')
          .select(['number', 'created_at', 'made_by'])
          .where('site_id', '=', siteId)
          .orderBy('number', 'desc')
          .limit(limit)
          .execute();
        return rows.map((row) => ({ number: row.number, createdAt: row.created_at.getTime(), by: row.made_by }));
      }),
    numbers: () =>
      database.query(async (db) => {
        const rows = await db
          .selectFrom('guidance_versions')
          .select((select) => ['site_id', select.fn.max('number').as('number')])
          .groupBy('site_id')
          .execute();
        return new Map(rows.map((row) => [row.site_id, row.number]));
      }),
  };
}
