/** The pool of connections to PostgreSQL, with queries typed by Kysely. It connects again by itself. */
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { hideSecrets } from '../lib/hide-secrets.ts';
import type { Log } from '../lib/log.ts';
import { asRecordsError } from './records-error.ts';
import type { Tables } from './tables.ts';

export interface DatabaseSettings {
  readonly connections: number;
  /** How long a query may wait for a connection. */
  readonly connectMs: number;
  /** After this time PostgreSQL ends a statement. */
  readonly statementMs: number;
  /** After this time more the connection counts as lost. */
  readonly silentMs: number;
}

export const DATABASE_SETTINGS: DatabaseSettings = {
  connections: 10,
  connectMs: 3000,
  statementMs: 15_000,
  silentMs: 5000,
};
/** Large tables take minutes. */
export const MIGRATION_SETTINGS: DatabaseSettings = { ...DATABASE_SETTINGS, connections: 1, statementMs: 30 * 60_000 };

/** Of SSDs: otherwise a search for a rare word reads the messages in order. Queries are too short to be compiled. */
const PLANNER = '-c random_page_cost=1.1 -c jit=off';
const IDLE_CONNECTION_MS = 60_000;

/** `waiting`: queries that wait for a connection. */
export type PoolCounts = Readonly<Record<'open' | 'idle' | 'waiting', number>>;

export interface Database {
  /** @throws RecordsError when the database does not answer */
  query<Result>(work: (db: Kysely<Tables>) => Promise<Result>): Promise<Result>;
  /** All of `work` or nothing of it is stored. @throws RecordsError when the database does not answer */
  transaction<Result>(work: (db: Kysely<Tables>) => Promise<Result>): Promise<Result>;
  pool(): PoolCounts;
  close(): Promise<void>;
}

export function createDatabase(url: string, log: Log, settings: DatabaseSettings = DATABASE_SETTINGS): Database {
  const { connections, connectMs, statementMs, silentMs } = settings;
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: connectMs,
    idleTimeoutMillis: IDLE_CONNECTION_MS,
    statement_timeout: statementMs,
    query_timeout: statementMs + silentMs,
    idle_in_transaction_session_timeout: statementMs,
    keepAlive: true,
    application_name: 'firstword',
    options: PLANNER,
  });
  // A connection was lost while it was idle, or between two statements of a transaction. Without listeners, that would
  // end the process.
  const onLost = (error: Error) => log.debug({ reason: hideSecrets(error.message) }, 'database connection lost');
  pool.on('error', onLost);
  pool.on('connect', (client) => client.on('error', onLost));
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  const guarded = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (error) {
      throw asRecordsError(error);
    }
  };
  return {
    query: (work) => guarded(() => work(db)),
    transaction: (work) => guarded(() => db.transaction().execute(work)),
    pool: () => ({ open: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    close: () => db.destroy(),
  };
}
