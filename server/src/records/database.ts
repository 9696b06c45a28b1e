/** Queries of PostgreSQL, typed by Kysely. It connects again by itself. */
import { Kysely, PostgresDialect } from 'kysely';
import { hideSecrets } from '../lib/hide-secrets.ts';
import type { Log } from '../lib/log.ts';
import { type ConnectionPoolSettings, createConnectionPool, type PoolCounts } from './connection-pool.ts';
import { asRecordsError, isReadOnly } from './records-error.ts';
import type { Tables } from './tables.ts';

export const DATABASE_SETTINGS: ConnectionPoolSettings = {
  connections: 10,
  connectMs: 3000,
  statementMs: 15_000,
  silentMs: 5000,
};
/** Large tables take minutes. */
export const MIGRATION_SETTINGS: ConnectionPoolSettings = {
  ...DATABASE_SETTINGS,
  connections: 1,
  statementMs: 30 * 60_000,
};

export interface Database {
  /** @throws RecordsError when the database does not answer */
  query<Result>(work: (db: Kysely<Tables>) => Promise<Result>): Promise<Result>;
  /** All of `work` or nothing of it is stored. @throws RecordsError when the database does not answer */
  transaction<Result>(work: (db: Kysely<Tables>) => Promise<Result>): Promise<Result>;
  pool(): PoolCounts;
  close(): Promise<void>;
}

export function createDatabase(url: string, log: Log, settings: ConnectionPoolSettings = DATABASE_SETTINGS): Database {
  const pool = createConnectionPool(url, settings, (error) =>
    log.debug({ reason: hideSecrets(error.message) }, 'database connection lost'),
  );
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  const guarded = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (error) {
      const fault = asRecordsError(error);
      if (isReadOnly(fault)) pool.renew();
      throw fault;
    }
  };
  return {
    query: (work) => guarded(() => work(db)),
    transaction: (work) => guarded(() => db.transaction().execute(work)),
    pool: pool.counts,
    close: () => db.destroy(),
  };
}
