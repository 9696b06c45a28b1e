/** The pool of connections to PostgreSQL. It drops those that fell silent, and those to a server that is no longer the primary. */
import { Socket } from 'node:net';
import pg from 'pg';
import { asConnectionFault } from './records-error.ts';

export interface ConnectionPoolSettings {
  readonly connections: number;
  /** How long a query may wait for a connection. */
  readonly connectMs: number;
  /** After this time PostgreSQL ends a statement. */
  readonly statementMs: number;
  /** After this time more the connection counts as lost. */
  readonly silentMs: number;
}

/** `waiting`: queries that wait for a connection. */
export type PoolCounts = Readonly<Record<'open' | 'idle' | 'waiting', number>>;

export interface ConnectionPool {
  /** @throws RecordsError */
  connect(): Promise<pg.PoolClient>;
  /** Replaces every connection: after a failover they may still lead to the former primary, which is read-only now. */
  renew(): void;
  counts(): PoolCounts;
  end(): Promise<void>;
}

/** Of SSDs: otherwise a search for a rare word reads the messages in order. Queries are too short to be compiled. */
const PLANNER = '-c random_page_cost=1.1 -c jit=off';
/** Before an idle connection counts as silent. */
const IDLE_CONNECTION_MS = 15_000;
/** Then the system asks every second whether the other side is there, and gives up after ten. Its own default is two hours. */
const KEEP_ALIVE_AFTER_MS = 10_000;

/** @param onLost a connection was lost while it was idle, or between two statements of a transaction */
export function createConnectionPool(
  url: string,
  { connections, connectMs, statementMs, silentMs }: ConnectionPoolSettings,
  onLost: (error: Error) => void,
): ConnectionPool {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: connectMs,
    idleTimeoutMillis: IDLE_CONNECTION_MS,
    statement_timeout: statementMs,
    idle_in_transaction_session_timeout: statementMs,
    // Not `query_timeout`: it gives up the query, but keeps its connection for the next one, which waits as long.
    stream: () => openSocket(statementMs + silentMs),
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
    application_name: 'firstword',
    options: PLANNER,
  });
  let renewals = 0;
  const openedAfter = new WeakMap<pg.PoolClient, number>();
  // Without listeners, a lost connection would end the process.
  pool.on('error', onLost);
  pool.on('connect', (client) => {
    client.on('error', onLost);
    openedAfter.set(client, renewals);
  });
  const connect = async (): Promise<pg.PoolClient> => {
    const client = await pool.connect().catch((error: unknown) => {
      throw asConnectionFault(error);
    });
    if (openedAfter.get(client) === renewals) return client;
    client.release(true);
    return connect();
  };
  return {
    connect,
    renew() {
      renewals += 1;
    },
    counts: () => ({ open: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    end: () => pool.end(),
  };
}

/** Destroyed when nothing has passed for this time. */
function openSocket(silentMs: number): Socket {
  const socket = new Socket();
  socket.setTimeout(silentMs, () => {
    socket.destroy(new Error(`Connection terminated: nothing was received for ${silentMs} ms`));
  });
  return socket;
}
