/** Takes over what an older version stored elsewhere: each source once, also if a process dies in the middle. */
import type { Kysely } from 'kysely';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';

/**
 * @param source names what is imported; the mark and the import are one transaction
 * @returns false when it was imported before
 */
export function importOnce(
  database: Pick<Database, 'transaction'>,
  source: string,
  work: (db: Kysely<Tables>) => Promise<unknown>,
): Promise<boolean> {
  return database.transaction(async (db) => {
    const marked = await db
      .insertInto('imports')
      .values({ source })
      .onConflict((conflict) => conflict.doNothing())
      .returning('source')
      .execute();
    if (marked.length === 0) return false;
    await work(db);
    return true;
  });
}
