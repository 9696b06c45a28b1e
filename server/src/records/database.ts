/** Queries of PostgreSQL, typed by Kysely. It connects again by itself. */
import { Kysely, PostgresDialect } from 'kysely';
import { z } from 'zod';
import { hideSecrets, shownUrl } from '../lib/hide-secrets.ts';
import type { Log } from '../lib/log.ts';
import { serversOf } from '../lib/postgres-servers.ts';
import {
  type ConnectionPool,
  type ConnectionPoolSettings,
  createConnectionPool,
  type PoolCounts,
} from './connection-pool.ts';
import { createDatabaseFaults, type DatabaseFaults } from './database-faults.ts';
import { createFailoverPool } from './failover-pool.ts';
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

/**
 * @param url may name several servers
 * @param faults of all pools to the same servers
 */
export function createDatabase(
  url: string,
  log: Log,
  settings: ConnectionPoolSettings = DATABASE_SETTINGS,
  faults: DatabaseFaults = createDatabaseFaults(log),
): Database {
  const pool = openPool(url, log, settings);
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

/** Of `SHOW transaction_read_only`. */
export const readOnlySchema = z.tuple([z.object({ transaction_read_only: z.enum(['on', 'off']) })]);

function openPool(url: string, log: Log, settings: ConnectionPoolSettings): ConnectionPool {
  const servers = serversOf(url);
  const pools = servers.map((server) =>
    createConnectionPool(server, settings, (error) =>
      log.debug({ reason: hideSecrets(error.message) }, 'database connection lost'),
    ),
  );
  const [only] = pools;
  if (only !== undefined && pools.length === 1) return only;
  return createFailoverPool(pools, {
    isWritable: async (client) => {
      const { rows } = await client.query('SHOW transaction_read_only');
      return readOnlySchema.parse(rows)[0].transaction_read_only === 'off';
    },
    onSwitch: (index) => log.warn({ server: shownUrl(servers[index] ?? '') }, 'using another database server'),
  });
}
