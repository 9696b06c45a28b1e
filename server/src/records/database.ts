/** Queries of PostgreSQL, typed by Kysely. It connects again by itself. */
import { Kysely, PostgresDialect } from 'kysely';
import { hideSecrets } from '../lib/hide-secrets.ts';
import type { Log } from '../lib/log.ts';
import { type ConnectionPoolSettings, createConnectionPool, type PoolCounts } from './connection-pool.ts';
import { createDatabaseFaults, type DatabaseFaults } from './database-faults.ts';
import { repeatLostRaces } from './lost-races.ts';
import { asRecordsError, isReadOnly, RecordsError } from './records-error.ts';
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
  /**
   * @param work writes with one statement at most: it is repeated if another transaction was in its way
   * @throws RecordsError when the database does not answer
   */
  query<Result>(work: (db: Kysely<Tables>) => Promise<Result>): Promise<Result>;
  /**
   * All of `work` or nothing of it is stored.
   * @param work is repeated if another transaction was in its way, and then reads what that has stored
   * @throws RecordsError when the database does not answer
   */
  transaction<Result>(work: (db: Kysely<Tables>) => Promise<Result>): Promise<Result>;
  /** Why something could not be stored in the last seconds, although the database answers. */
  recentFault(): RecordsError | undefined;
  pool(): PoolCounts;
  close(): Promise<void>;
}

/** @param faults of all pools to the same server */
export function createDatabase(
  url: string,
  log: Log,
  settings: ConnectionPoolSettings = DATABASE_SETTINGS,
  faults: DatabaseFaults = createDatabaseFaults(log),
): Database {
  const pool = createConnectionPool(url, settings, (error) =>
    log.debug({ reason: hideSecrets(error.message) }, 'database connection lost'),
  );
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  const guarded = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await repeatLostRaces(work);
    } catch (error) {
      const fault = asRecordsError(error);
      if (fault instanceof RecordsError) faults.add(fault);
      if (isReadOnly(fault)) pool.renew();
      throw fault;
    }
  };
  return {
    query: (work) => guarded(() => work(db)),
    // Stated, because a server's default may be stricter: after it has waited for a lock, work would read what is out of date.
    transaction: (work) => guarded(() => db.transaction().setIsolationLevel('read committed').execute(work)),
    recentFault: faults.recent,
    pool: pool.counts,
    close: () => db.destroy(),
  };
}
