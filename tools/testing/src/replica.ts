/** A Redis replica with a replication link that can be cut or go silent. */
import { execFileSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import { type RedisServer, startRedisServer } from './redis-server.ts';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts';

export interface Replica {
  readonly server: RedisServer;
  readonly link: TcpProxy;
  /** For another replica. */
  readonly port: number;
  /** Promotes it to primary. */
  promote(): void;
  stop(): Promise<void>;
}

/** @param primaryPort the primary's TCP port, because replication doesn't work over a Unix socket */
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
