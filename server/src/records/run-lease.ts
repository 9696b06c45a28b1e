/** The leases of runs that one process works on: rows with `state`, `stopping`, `lease_until` and `ended_at`. */
import { type Kysely, sql } from 'kysely';
import type { Tables } from './tables.ts';

type RunTable = 'import_runs' | 'background_runs';

export const leaseEnd = (leaseMs: number) => sql<Date>`now() + ${leaseMs}::float8 * interval '1 millisecond'`;

/** The answer to a process that reports on its run. @param row undefined when the run has ended */
export function answerTo(row: { readonly stopping: boolean } | undefined): 'continue' | 'stop' | 'ended' {
  if (row === undefined) return 'ended';
  return row.stopping ? 'stop' : 'continue';
}

/** False when the run is not in progress. */
export async function requestStop(db: Kysely<Tables>, table: RunTable, id: string): Promise<boolean> {
  const { rows } = await sql`
    UPDATE ${sql.table(table)} SET stopping = true WHERE id = ${id} AND state = 'running' RETURNING id`.execute(db);
  return rows.length > 0;
}

/** Ends runs whose process no longer reports. Returns how many. */
export async function endLost(db: Kysely<Tables>, table: RunTable): Promise<number> {
  const { rows } = await sql`
    UPDATE ${sql.table(table)} SET state = 'interrupted', ended_at = now()
    WHERE state = 'running' AND lease_until < now() RETURNING id`.execute(db);
  return rows.length;
}
