/** Counts rows for figures that agents can do without: a count that takes long is given up. */
import { type AliasedExpression, type Kysely, sql } from 'kysely';
import { z } from 'zod';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';

/** A count is a number in a menu, so it must not occupy the database. */
const COUNT_MS = 1000;

/** @throws RecordsError also after one second */
export function countBriefly(database: Database, count: (db: Kysely<Tables>) => Promise<number>): Promise<number> {
  return database.transaction(async (db) => {
    await sql`SET LOCAL statement_timeout = ${sql.lit(COUNT_MS)}`.execute(db);
    return count(db);
  });
}

const countRow = z.object({ count: z.coerce.number() });

/** @param rows with a limit, as a subquery */
export async function countOf(db: Kysely<Tables>, rows: AliasedExpression<object, string>): Promise<number> {
  const { rows: found } = await sql`SELECT count(*) AS count FROM ${rows}`.execute(db);
  return countRow.parse(found[0]).count;
}
