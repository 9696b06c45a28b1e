/** Import runs in PostgreSQL. A unique index allows one at a time for each source; its lease shows that its process lives. */
import { randomUUID } from 'node:crypto';
import type { ImportRun } from '@firstword/shared/knowledge';
import { type Kysely, sql } from 'kysely';
import { phraseText } from '../lib/phrase.ts';
import type { Database } from './database.ts';
import { toRun, toRunDetail } from './import-run-row.ts';
import { type KnowledgeStore, PROBLEMS_KEPT, type RunFailure, type RunProgress } from './knowledge-store.ts';
import { answerTo, endLost, leaseEnd, requestStop } from './run-lease.ts';
import type { Tables } from './tables.ts';

/** Older runs of a source are deleted. */
const RUNS_KEPT = 50;

type Runs = Pick<
  KnowledgeStore,
  'startRun' | 'startDueRun' | 'reportRun' | 'requestStop' | 'failRun' | 'endLostRuns' | 'listRuns' | 'loadRun'
>;

/** The columns of a run's progress. */
export const progressColumns = ({ read, total, problems }: RunProgress) => ({
  read,
  total: total ?? null,
  problems: problems.length,
  problem_list: JSON.stringify(problems.slice(0, PROBLEMS_KEPT).map(phraseText)),
  problem_phrases: JSON.stringify(problems.slice(0, PROBLEMS_KEPT)),
});

const failureColumns = (failure: RunFailure) =>
  failure.state === 'failed'
    ? { state: failure.state, error: phraseText(failure.error), error_phrase: JSON.stringify(failure.error) }
    : failure;

export function createPostgresImportRuns(database: Database): Runs {
  return {
    startRun: (sourceId, trigger, leaseMs) =>
      database.query(async (db) => {
        const source = await db
          .selectFrom('knowledge_sources')
          .select(['id', 'site_id'])
          .where('id', '=', sourceId)
          .where('removed_at', 'is', null)
          .executeTakeFirst();
        return source && ((await insertRun(db, source, trigger, leaseMs)) ?? 'busy');
      }),
    startDueRun: (leaseMs) =>
      database.transaction(async (db) => {
        // Only one process gets a row that is due; it moves the time on in the same transaction.
        const { rows } = await sql<{ id: string; site_id: string }>`
          UPDATE knowledge_sources SET next_run_at = now() + make_interval(hours => every_hours)
          WHERE id = (
            SELECT id FROM knowledge_sources
            WHERE removed_at IS NULL AND next_run_at <= now() ORDER BY next_run_at LIMIT 1 FOR UPDATE SKIP LOCKED
          )
          RETURNING id, site_id`.execute(db);
        const [source] = rows;
        return source && insertRun(db, source, 'schedule', leaseMs);
      }),
    reportRun: (id, progress, leaseMs) =>
      database.query(async (db) => {
        const row = await db
          .updateTable('import_runs')
          .set({ ...progressColumns(progress), lease_until: leaseEnd(leaseMs) })
          .where('id', '=', id)
          .where('state', '=', 'running')
          .returning('stopping')
          .executeTakeFirst();
        return answerTo(row);
      }),
    requestStop: (id) => database.query((db) => requestStop(db, 'import_runs', id)),
    async failRun(id, failure, progress) {
      await database.query((db) =>
        db
          .updateTable('import_runs')
          .set({ ...progressColumns(progress), ...failureColumns(failure), ended_at: sql`now()` })
          .where('id', '=', id)
          .where('state', '=', 'running')
          .execute(),
      );
    },
    endLostRuns: () => database.query((db) => endLost(db, 'import_runs')),
    listRuns: (sourceId, limit) =>
      database.query(async (db) => {
        const rows = await db
          .selectFrom('import_runs')
          .selectAll()
          .where('source_id', '=', sourceId)
          .orderBy('started_at', 'desc')
          .limit(limit)
          .execute();
        return rows.map(toRun);
      }),
    loadRun: (id) =>
      database.query(async (db) => {
        const row = await db.selectFrom('import_runs').selectAll().where('id', '=', id).executeTakeFirst();
        return row && toRunDetail(row);
      }),
  };
}

/** Undefined while the source has a run in progress. */
async function insertRun(
  db: Kysely<Tables>,
  source: { readonly id: string; readonly site_id: string },
  trigger: ImportRun['trigger'],
  leaseMs: number,
): Promise<ImportRun | undefined> {
  const { id: source_id, site_id } = source;
  const row = await db
    .insertInto('import_runs')
    .values({ id: randomUUID(), source_id, site_id, trigger, state: 'running', lease_until: leaseEnd(leaseMs) })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) return undefined;
  await sql`
    DELETE FROM import_runs WHERE source_id = ${source_id} AND started_at < (
      SELECT started_at FROM import_runs WHERE source_id = ${source_id}
      ORDER BY started_at DESC OFFSET ${RUNS_KEPT} LIMIT 1
    )`.execute(db);
  return toRun(row);
}
