/** Brings the tables up to date. Several processes may start at once: one migrates, the others wait for it. */
import { sql } from 'kysely';
import type { Log } from '../lib/log.ts';
import type { Database } from './database.ts';
import type { Migration } from './migrations/migration.ts';

/** Any number that no other program uses as an advisory lock in this database. */
const LOCK = 7_146_031_805;
/** Large tables take minutes. */
const MIGRATION_LIMIT = '30min';

/**
 * Each migration is one transaction. Those of newer releases are left alone: a release also runs on the tables of the next
 * one, because a migration first adds what is new, and only a later release removes what is old.
 * @returns the numbers of the migrations that this call ran
 * @throws RecordsError
 */
export async function migrate(
  database: Pick<Database, 'transaction'>,
  migrations: readonly Migration[],
  log: Log,
): Promise<number[]> {
  const ran: number[] = [];
  for (const migration of migrations)
    if (await database.transaction((db) => runOnce(db, migration))) {
      ran.push(migration.number);
      log.info({ number: migration.number, name: migration.name }, 'migrated the database');
    }
  return ran;
}

type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0];

async function runOnce(db: Transaction, { number, name, sql: text }: Migration): Promise<boolean> {
  await sql.raw(`SET LOCAL statement_timeout = '${MIGRATION_LIMIT}'`).execute(db);
  await sql`SELECT pg_advisory_xact_lock(${LOCK}::bigint)`.execute(db);
  await sql`CREATE TABLE IF NOT EXISTS migrations (number integer PRIMARY KEY, name text NOT NULL, ran_at timestamptz NOT NULL DEFAULT now())`.execute(
    db,
  );
  const { rows } = await sql`SELECT 1 FROM migrations WHERE number = ${number}`.execute(db);
  if (rows.length > 0) return false;
  await sql.raw(text).execute(db);
  await sql`INSERT INTO migrations (number, name) VALUES (${number}, ${name})`.execute(db);
  return true;
}
