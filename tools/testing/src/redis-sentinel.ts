/** A Redis with a replica and the Sentinel that watches them, all of them with passwords, on free ports of this machine. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis as Connection } from 'ioredis';
import { freePort } from './free-port.ts';
import { type RedisServer, startRedisServer } from './redis-server.ts';

export interface RedisSentinel {
  /** A URL for `connectRedis`. */
  readonly url: string;
  /** Kills the primary; resolves when the replica has taken over. */
  killPrimary(): Promise<void>;
  /** Exchanges primary and replica, both of which stay alive; resolves when that is done. */
  exchange(): Promise<void>;
  stop(): Promise<void>;
}

const NAME = 'main';
const PASSWORD = 'of-redis';
const SENTINEL_PASSWORD = 'of-sentinel';
const DOWN_AFTER_MS = 300;

interface Member {
  readonly port: number;
  readonly server: RedisServer;
}

export async function startRedisSentinel(): Promise<RedisSentinel> {
  const startMember = async (...more: string[]): Promise<Member> => {
    const port = await freePort();
    const passwords = ['--requirepass', PASSWORD, '--masterauth', PASSWORD];
    const listens = ['--port', String(port), '--bind', '127.0.0.1', '--repl-diskless-sync-delay', '0'];
    return { port, server: await startRedisServer(...listens, ...passwords, ...more) };
  };
  const first = await startMember();
  const second = await startMember('--replicaof', `127.0.0.1 ${first.port}`);
  const members = [first, second];
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'firstword-sentinel-'));
  const file = join(folder, 'sentinel.conf');
  const settings = [
    `port ${port}`,
    'bind 127.0.0.1',
    `dir ${folder}`,
    `requirepass ${SENTINEL_PASSWORD}`,
    `sentinel monitor ${NAME} 127.0.0.1 ${first.port} 1`,
    `sentinel auth-pass ${NAME} ${PASSWORD}`,
    `sentinel down-after-milliseconds ${NAME} ${DOWN_AFTER_MS}`,
    `sentinel failover-timeout ${NAME} 2000`,
  ];
  writeFileSync(file, `${settings.join('\n')}\n`);
  const child = spawn('redis-server', [file, '--sentinel'], { stdio: 'ignore' });
  const admin = new Connection(port, '127.0.0.1', { password: SENTINEL_PASSWORD });
  admin.on('error', () => {}); // until it listens
  const ask = (command: string) => admin.call('SENTINEL', command, NAME).then(String);
  const primaryPort = async () => Number((await ask('GET-MASTER-ADDR-BY-NAME')).split(',')[1]);
  await until(async () => (await ask('REPLICAS')).includes('master-link-status,ok'));
  return {
    url: `redis+sentinel://:${PASSWORD}@127.0.0.1:${port}/${NAME}?sentinelPassword=${SENTINEL_PASSWORD}`,
    async killPrimary() {
      const before = await primaryPort();
      await members.find((member) => member.port === before)?.server.kill();
      await until(async () => (await primaryPort()) !== before);
    },
    async exchange() {
      const before = await primaryPort();
      await admin.call('SENTINEL', 'FAILOVER', NAME);
      await until(async () => (await primaryPort()) !== before);
    },
    async stop() {
      admin.disconnect();
      child.kill('SIGKILL');
      await once(child, 'exit');
      rmSync(folder, { recursive: true });
      await Promise.all(members.map(({ server }) => server.stop()));
    },
  };
}

/** Sentinel looks once a second, and does not report what it finds. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
}
