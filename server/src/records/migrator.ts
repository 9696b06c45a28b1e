/** Brings the tables up to date. Several processes may start at once: one migrates, the others wait for it. */
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Log } from '../lib/log.ts';
import type { Database } from './database.ts';
import type { Migration } from './migrations/migration.ts';
import { RecordsError } from './records-error.ts';

/** Any number that no other program uses as an advisory lock in this database. */
const LOCK = 7_146_031_805;
/** While a migration waits for a table, what uses the table waits behind it. */
const TABLE_LOCK_LIMIT = '2s';
/** A deadlock with a process that writes, and the end of the wait for a table. */
const IN_THE_WAY = ['40P01', '55P03'];
/** So often PostgreSQL looks whether the process is still there. It would otherwise run the statement of a killed one to its end. */
const PRESENCE_CHECK = '1s';
const TRIES_MAX = 20;
const AGAIN_MS = 250;

/**
 * Each migration is one transaction, repeated when processes that use the tables are in its way. Those of newer releases are
 * left alone: a release also runs on the tables of the next one, because a migration first adds what is new, and only a later
 * release removes what is old.
 * @param database with `MIGRATION_SETTINGS` where tables may be large
 * @returns the numbers of the migrations that this call ran
 * @throws RecordsError
 */
export async function migrate(
  database: Pick<Database, 'transaction'>,
  migrations: readonly Migration[],
  log: Log,
): Promise<number[]> {
  const ran: number[] = [];
  const before = await database.transaction(readRan);
  for (const migration of migrations)
    if (!before.has(migration.number) && (await runUntilDone(database, migration, log))) {
      ran.push(migration.number);
      log.info({ number: migration.number, name: migration.name }, 'migrated the database');
    }
  return ran;
}

const ranSchema = z.array(z.object({ number: z.int() }));

/** Only reads, so that a process also starts on a database that is read-only for now. */
async function readRan(db: Transaction): Promise<ReadonlySet<number>> {
  const { rows: tables } = await sql`SELECT 1 WHERE to_regclass('migrations') IS NOT NULL`.execute(db);
  if (tables.length === 0) return new Set();
  const { rows } = await sql`SELECT number FROM migrations`.execute(db);
  return new Set(ranSchema.parse(rows).map(({ number }) => number));
}

/** True if this call ran it. */
async function runUntilDone(
  database: Pick<Database, 'transaction'>,
  migration: Migration,
  log: Log,
  tries = 1,
): Promise<boolean> {
  try {
    return await database.transaction((db) => runOnce(db, migration));
  } catch (error) {
    if (!isInTheWay(error) || tries === TRIES_MAX) throw error;
    const { number, name } = migration;
    log.warn({ number, name, tries, reason: String(error) }, 'migration is waiting for processes that use its tables');
    await pause(AGAIN_MS);
    return runUntilDone(database, migration, log, tries + 1);
  }
}

function isInTheWay(error: unknown): boolean {
  const cause = error instanceof RecordsError ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause && IN_THE_WAY.includes(String(cause.code));
}

type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0];

async function runOnce(db: Transaction, { number, name, sql: text }: Migration): Promise<boolean> {
  await endWithProcess(db);
  await sql`SELECT pg_advisory_xact_lock(${LOCK}::bigint)`.execute(db);
  await sql`CREATE TABLE IF NOT EXISTS migrations (number integer PRIMARY KEY, name text NOT NULL, ran_at timestamptz NOT NULL DEFAULT now())`.execute(
    db,
  );
  const { rows } = await sql`SELECT 1 FROM migrations WHERE number = ${number}`.execute(db);
  if (rows.length > 0) return false;
  await sql.raw(`SET LOCAL lock_timeout = '${TABLE_LOCK_LIMIT}'`).execute(db);
  await sql.raw(text).execute(db);
  await sql`INSERT INTO migrations (number, name) VALUES (${number}, ${name})`.execute(db);
  return true;
}

/** The server's system may not support it, such as Windows. */
async function endWithProcess(db: Transaction): Promise<void> {
  await sql
    .raw(`DO $$ BEGIN
      PERFORM set_config('client_connection_check_interval', '${PRESENCE_CHECK}', true);
    EXCEPTION WHEN invalid_parameter_value THEN NULL;
    END $$`)
    .execute(db);
}
