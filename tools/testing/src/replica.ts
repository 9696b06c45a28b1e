/** A replica that follows a primary over a link which can be cut or go silent. */
import { execFileSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import { type RedisServer, startRedisServer } from './redis-server.ts';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts';

export interface Replica {
  readonly server: RedisServer;
  readonly link: TcpProxy;
  /** For a replica of its own. */
  readonly port: number;
  /** Makes it the primary. */
  promote(): void;
  stop(): Promise<void>;
}

/** @param primaryPort where the primary listens; replication does not go over a socket file */
export async function startReplica(primaryPort: number): Promise<Replica> {
  const link = await startTcpProxy({ port: primaryPort });
  const port = await freePort();
  const server = await startRedisServer('--port', String(port), '--replicaof', `127.0.0.1 ${link.port}`);
  const cli = (...command: string[]) =>
    execFileSync('redis-cli', ['-s', server.socketPath, ...command], { encoding: 'utf8' });
  while (!cli('info', 'replication').includes('master_link_status:up')) await pause(50);
  return {
    server,
    link,
    port,
    promote: () => void cli('replicaof', 'no', 'one'),
    async stop() {
      await Promise.all([link.stop(), server.stop()]);
    },
  };
}
