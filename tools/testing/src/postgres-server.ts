/** A PostgreSQL of its own for a test that kills it, on a Unix socket. A confirmed commit is on disk. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPrivatePostgres } from '@firstword/server/local/private-postgres';

export interface PostgresServer {
  /** For `DATABASE_URL`. */
  readonly url: string;
  /** Sends SIGKILL to the server and all its processes. */
  kill(): Promise<void>;
  /** Starts it again with the same data, after `kill`. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** @param settings of the server, such as `track_commit_timestamp` */
export async function startPostgresServer(settings: Readonly<Record<string, string>> = {}): Promise<PostgresServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'firstword-postgres-'));
  const create = () => createPrivatePostgres({ dataDir, log: { info: () => {}, warn: console.warn }, settings });
  let server = create();
  await server.ready;
  return {
    url: server.url,
    async kill() {
      const pid = Number.parseInt(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8'), 10);
      for (const each of [pid, ...childrenOf(pid)]) killIfAlive(each);
      await server.stop(); // or it would be restarted
    },
    async start() {
      server = create();
      await server.ready;
    },
    async stop() {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Only Linux reports them. Elsewhere they exit by themselves when they notice that the server is gone. */
function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

function killIfAlive(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // A connection has just ended.
  }
}
