/** Sources of articles in PostgreSQL. */
import { randomUUID } from 'node:crypto';
import { type KnowledgeSource, knowledgeSourceSchema } from '@firstword/shared/knowledge';
import { type Insertable, type Kysely, type Selectable, sql } from 'kysely';
import type { Database } from './database.ts';
import { toRun } from './import-run-row.ts';
import type { KnowledgeStore, NewSource } from './knowledge-store.ts';
import type { KnowledgeSourcesTable } from './knowledge-tables.ts';
import type { Tables } from './tables.ts';

type Sources = Pick<
  KnowledgeStore,
  'listSources' | 'loadSource' | 'addSource' | 'manualSource' | 'changeSource' | 'removeSource'
>;

export function createPostgresSources(database: Database): Sources {
  const loadSource = (id: string) =>
    database.query(async (db) => {
      const row = await db.selectFrom('knowledge_sources').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined || row.removed_at !== null ? undefined : (await withRuns(db, [row]))[0];
    });
  return {
    loadSource,
    listSources: (siteId) =>
      database.query(async (db) => {
        const rows = await db
          .selectFrom('knowledge_sources')
          .selectAll()
          .where('site_id', '=', siteId)
          .where('removed_at', 'is', null)
          .orderBy('position')
          .execute();
        return withRuns(db, rows);
      }),
    addSource: (source) =>
      database.query(async (db) =>
        toSource(
          await db
            .insertInto('knowledge_sources')
            .values(toRow(source))
            .onConflict((conflict) => conflict.column('id').doUpdateSet({ removed_at: null }))
            .returningAll()
            .executeTakeFirstOrThrow(),
        ),
      ),
    manualSource: (siteId) =>
      database.query(async (db) => {
        await db
          .insertInto('knowledge_sources')
          .values(toRow({ siteId, name: 'Written by hand', origin: { kind: 'manual' } }))
          .onConflict((conflict) => conflict.doNothing())
          .execute();
        const row = await db
          .selectFrom('knowledge_sources')
          .selectAll()
          .where('site_id', '=', siteId)
          .where(sql`origin->>'kind'`, '=', 'manual')
          .where('removed_at', 'is', null)
          .executeTakeFirstOrThrow();
        return toSource(row);
      }),
    async changeSource(id, { name, origin, everyHours }) {
      await database.query((db) =>
        db
          .updateTable('knowledge_sources')
          .set({
            ...(name === undefined ? {} : { name }),
            ...(origin === undefined ? {} : { origin: JSON.stringify(origin) }),
            ...(everyHours === undefined ? {} : scheduleOf(everyHours)),
            id,
          })
          .where('id', '=', id)
          .where('removed_at', 'is', null)
          .execute(),
      );
      return loadSource(id);
    },
    removeSource: (id) =>
      database.transaction(async (db) => {
        const removed = await db
          .updateTable('knowledge_sources')
          .set({ removed_at: sql`now()`, articles: 0, next_run_at: null })
          .where('id', '=', id)
          .where('removed_at', 'is', null)
          .returning('id')
          .execute();
        await db
          .updateTable('import_runs')
          .set({ state: 'cancelled', ended_at: sql`now()` })
          .where('source_id', '=', id)
          .where('state', '=', 'running')
          .execute();
        for (const table of ['article_versions', 'article_contents', 'crawled_pages', 'uploaded_files'] as const)
          await db.deleteFrom(table).where('source_id', '=', id).execute();
        return removed.length > 0;
      }),
  };
}

function scheduleOf(everyHours: number | null) {
  return everyHours === null
    ? { every_hours: null, next_run_at: null }
    : { every_hours: everyHours, next_run_at: sql<Date>`now() + make_interval(hours => ${everyHours}::int)` };
}

function toRow({ id = randomUUID(), siteId, name, origin, everyHours }: NewSource): Insertable<KnowledgeSourcesTable> {
  const row = { id, site_id: siteId, name, origin: JSON.stringify(origin) };
  if (everyHours === undefined) return row;
  return { ...row, every_hours: everyHours, next_run_at: new Date(Date.now() + everyHours * 3_600_000) };
}

function toSource(row: Selectable<KnowledgeSourcesTable>): KnowledgeSource {
  return knowledgeSourceSchema.parse({
    id: row.id,
    siteId: row.site_id,
    name: row.name,
    origin: row.origin,
    everyHours: row.every_hours ?? undefined,
    nextRunAt: row.next_run_at?.getTime(),
    createdAt: row.created_at.getTime(),
    version: row.version,
    articles: row.articles,
  });
}

async function withRuns(
  db: Kysely<Tables>,
  rows: readonly Selectable<KnowledgeSourcesTable>[],
): Promise<KnowledgeSource[]> {
  if (rows.length === 0) return [];
  const runs = await db
    .selectFrom('import_runs')
    .distinctOn('source_id')
    .selectAll()
    .where(
      'source_id',
      'in',
      rows.map(({ id }) => id),
    )
    .orderBy('source_id')
    .orderBy('started_at', 'desc')
    .execute();
  const lastRuns = new Map(runs.map((row) => [row.source_id, toRun(row)]));
  return rows.map((row) => {
    const lastRun = lastRuns.get(row.id);
    return lastRun === undefined ? toSource(row) : { ...toSource(row), lastRun };
  });
}
