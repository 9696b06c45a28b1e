/** The versions of sources in PostgreSQL. A version lists its articles; each text is stored once under its hash. */
import type { SourceVersion } from '@firstword/shared/knowledge';
import { type Kysely, type Selectable, sql } from 'kysely';
import { z } from 'zod';
import type { Database } from './database.ts';
import { articleCount, compareEntries, countChanges, hasChanges } from './entry-changes.ts';
import { type ArticleEntry, type KnowledgeStore, VERSIONS_KEPT } from './knowledge-store.ts';
import type { ArticleVersionsTable } from './knowledge-tables.ts';
import { progressColumns } from './postgres-import-runs.ts';
import type { Tables } from './tables.ts';

type Versions = Pick<
  KnowledgeStore,
  'keepArticles' | 'loadArticles' | 'commitRun' | 'editEntries' | 'listVersions' | 'loadEntries' | 'siteStates'
>;

const entriesSchema = z.array(z.tuple([z.string(), z.string(), z.string().nullable()]));
/** Articles of one query, so that no query holds the event loop for long. */
const ARTICLES_A_QUERY = 200;
/** What an interrupted import has stored is kept for this long, because the next one may need it. */
const UNUSED_KEPT = '2 days';

export function createPostgresArticleVersions(database: Database): Versions {
  return {
    async keepArticles(sourceId, articles) {
      if (articles.length === 0) return;
      const values = articles.map(({ hash, json }) => ({ source_id: sourceId, hash, article: json }));
      await database.query((db) =>
        db
          .insertInto('article_contents')
          .values(values)
          .onConflict((conflict) => conflict.columns(['source_id', 'hash']).doUpdateSet({ created_at: sql`now()` }))
          .execute(),
      );
    },
    async loadArticles(sourceId, hashes) {
      const found = new Map<string, string>();
      for (let at = 0; at < hashes.length; at += ARTICLES_A_QUERY) {
        const part = hashes.slice(at, at + ARTICLES_A_QUERY);
        const rows = await database.query((db) =>
          db
            .selectFrom('article_contents')
            .select(['hash', 'article'])
            .where('source_id', '=', sourceId)
            .where('hash', 'in', part)
            .execute(),
        );
        for (const { hash, article } of rows) found.set(hash, article);
      }
      return found;
    },
    commitRun: (id, entries, progress, by) =>
      database.transaction(async (db) => {
        const run = await db
          .selectFrom('import_runs')
          .select('source_id')
          .where('id', '=', id)
          .where('state', '=', 'running')
          .forUpdate()
          .executeTakeFirst();
        const source = run && (await lockSource(db, run.source_id));
        if (source === undefined) return undefined;
        const made = await writeVersion(db, source, entries, { by, note: '' });
        const { added = 0, changed = 0, removed = 0 } = made ?? {};
        const state = made === undefined ? ('unchanged' as const) : ('done' as const);
        const result = { state, added, changed, removed, version: made?.number ?? source.version };
        await db
          .updateTable('import_runs')
          .set({ ...progressColumns(progress), ...result, ended_at: sql`now()` })
          .where('id', '=', id)
          .execute();
        return result;
      }),
    editEntries: (sourceId, edit, about) =>
      database.transaction(async (db) => {
        const source = await lockSource(db, sourceId);
        return source && writeVersion(db, source, edit(source.entries), about);
      }),
    listVersions: (sourceId) =>
      database.query(async (db) => {
        const rows = await db
          .selectFrom('article_versions')
          .select(['number', 'created_at', 'made_by', 'note', 'articles', 'added', 'changed', 'removed'])
          .where('source_id', '=', sourceId)
          .orderBy('number', 'desc')
          .execute();
        return rows.map(toVersion);
      }),
    loadEntries: (sourceId, version) => database.query((db) => readEntries(db, sourceId, version)),
    siteStates: () =>
      database.query(async (db) => {
        const { rows } = await sql<{ site_id: string; state: string | null }>`
          SELECT site_id, string_agg(id || ':' || version, ';' ORDER BY position)
            FILTER (WHERE version > 0 AND removed_at IS NULL) AS state
          FROM knowledge_sources GROUP BY site_id`.execute(db);
        return new Map(rows.map(({ site_id: siteId, state }) => [siteId, state ?? '']));
      }),
  };
}

interface LockedSource {
  readonly id: string;
  readonly version: number;
  readonly entries: readonly ArticleEntry[];
}

async function lockSource(db: Kysely<Tables>, id: string): Promise<LockedSource | undefined> {
  const row = await db
    .selectFrom('knowledge_sources')
    .select(['id', 'version'])
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  return row && { ...row, entries: (await readEntries(db, id, row.version)) ?? [] };
}

async function readEntries(db: Kysely<Tables>, sourceId: string, version: number): Promise<ArticleEntry[] | undefined> {
  const row = await db
    .selectFrom('article_versions')
    .select('entries')
    .where('source_id', '=', sourceId)
    .where('number', '=', version)
    .executeTakeFirst();
  return row && entriesSchema.parse(row.entries).map(([id, title, hash]) => ({ id, title, hash }));
}

/** Undefined when nothing has changed. */
async function writeVersion(
  db: Kysely<Tables>,
  source: LockedSource,
  entries: readonly ArticleEntry[],
  { by, note }: { readonly by: string; readonly note: string },
): Promise<SourceVersion | undefined> {
  const counts = countChanges(compareEntries(source.entries, entries));
  if (!hasChanges(counts)) return undefined;
  const number = source.version + 1;
  const articles = articleCount(entries);
  const row = await db
    .insertInto('article_versions')
    .values({
      source_id: source.id,
      number,
      made_by: by,
      note,
      articles,
      ...counts,
      entries: JSON.stringify(entries.map(({ id, title, hash }) => [id, title, hash])),
    })
    .returning(['number', 'created_at', 'made_by', 'note', 'articles', 'added', 'changed', 'removed'])
    .executeTakeFirstOrThrow();
  await db.updateTable('knowledge_sources').set({ version: number, articles }).where('id', '=', source.id).execute();
  await removeUnused(db, source.id, number);
  return toVersion(row);
}

/** Removes the versions that are too old, and the texts that no version refers to. */
async function removeUnused(db: Kysely<Tables>, sourceId: string, number: number): Promise<void> {
  const { numDeletedRows } = await db
    .deleteFrom('article_versions')
    .where('source_id', '=', sourceId)
    .where('number', '<=', number - VERSIONS_KEPT)
    .executeTakeFirst();
  if (numDeletedRows === 0n) return;
  await sql`
    DELETE FROM article_contents c
    WHERE source_id = ${sourceId} AND created_at < now() - ${UNUSED_KEPT}::interval AND NOT EXISTS (
      SELECT 1 FROM article_versions v, json_array_elements(v.entries) entry
      WHERE v.source_id = c.source_id AND entry->>2 = c.hash
    )`.execute(db);
}

function toVersion({
  number,
  created_at: createdAt,
  made_by: by,
  note,
  ...counts
}: Omit<Selectable<ArticleVersionsTable>, 'source_id' | 'entries'>): SourceVersion {
  return { number, createdAt: createdAt.getTime(), by, note, ...counts };
}
