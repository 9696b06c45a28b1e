/** Background runs in PostgreSQL. A unique index allows one at a time for each kind and subject. */
import { randomUUID } from 'node:crypto';
import { runStateSchema } from '@firstword/shared/background-run';
import { type Kysely, type Selectable, sql } from 'kysely';
import { z } from 'zod';
import type { Database } from './database.ts';
import { answerTo, endLost, leaseEnd, requestStop } from './run-lease.ts';
import { type NewRun, RUN_KINDS, RUNS_KEPT, type RunStore, type StoredRun } from './run-store.ts';
import { storedJson } from './stored-text.ts';
import type { BackgroundRunsTable, Tables } from './tables.ts';

export function createPostgresRunStore(database: Database): RunStore {
  return {
    start: (run, leaseMs) =>
      database.transaction(async (db) => {
        await endLost(db, 'background_runs');
        const row = await insert(db, run, leaseMs);
        if (row !== undefined) await deleteOld(db, run);
        return row && toRun(row);
      }),
    report: (id, result, leaseMs) =>
      database.query(async (db) => {
        const row = await db
          .updateTable('background_runs')
          .set({ result: storedJson(result), lease_until: leaseEnd(leaseMs) })
          .where('id', '=', id)
          .where('state', '=', 'running')
          .returning('stopping')
          .executeTakeFirst();
        return answerTo(row);
      }),
    requestStop: (id) => database.query((db) => requestStop(db, 'background_runs', id)),
    async end(id, state, result) {
      await database.query((db) =>
        db
          .updateTable('background_runs')
          .set({ state, result: storedJson(result), ended_at: sql`now()` })
          .where('id', '=', id)
          .where('state', '=', 'running')
          .execute(),
      );
    },
    endLost: () => database.query((db) => endLost(db, 'background_runs')),
    list: (kind, subject) =>
      database.query(async (db) => {
        const rows = await db
          .selectFrom('background_runs')
          .selectAll()
          .where('kind', '=', kind)
          .where('subject', '=', subject)
          .orderBy('started_at', 'desc')
          .orderBy('id')
          .limit(RUNS_KEPT)
          .execute();
        return rows.map(toRun);
      }),
    load: (id) =>
      database.query(async (db) => {
        const row = await db.selectFrom('background_runs').selectAll().where('id', '=', id).executeTakeFirst();
        return row && toRun(row);
      }),
  };
}

function insert(db: Kysely<Tables>, { kind, subject, by, result }: NewRun, leaseMs: number) {
  const row = { id: randomUUID(), state: 'running', started_by: by, result: storedJson(result) };
  return db
    .insertInto('background_runs')
    .values({ ...row, kind, subject, lease_until: leaseEnd(leaseMs) })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
}

async function deleteOld(db: Kysely<Tables>, { kind, subject }: NewRun): Promise<void> {
  await sql`
    DELETE FROM background_runs WHERE id IN (
      SELECT id FROM background_runs WHERE kind = ${kind} AND subject = ${subject}
      ORDER BY started_at DESC, id OFFSET ${RUNS_KEPT}
    )`.execute(db);
}

const rowSchema = z.object({
  kind: z.enum(RUN_KINDS),
  state: runStateSchema,
  result: z.looseObject({}),
});

function toRun(row: Selectable<BackgroundRunsTable>): StoredRun {
  return {
    ...rowSchema.parse(row),
    id: row.id,
    subject: row.subject,
    by: row.started_by,
    startedAt: row.started_at.getTime(),
    ...(row.ended_at === null ? {} : { endedAt: row.ended_at.getTime() }),
    stopping: row.stopping,
  };
}
