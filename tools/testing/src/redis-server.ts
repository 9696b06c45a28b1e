/** A real Redis for a test: on a Unix socket in its own folder, with every write in its file. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectRedis } from '@firstword/server/lib/redis';
import { primariesOf, type ServerConnection } from '@firstword/server/lib/redis-connection';
import { silentLog } from './silent-log.ts';

const BINARY = 'redis-server';

/** Makes it sync its file with every write, as an installation must. */
export const DURABLE = ['--appendfsync', 'always'] as const;

export interface RedisServer {
  /** A URL for `connectRedis`. */
  readonly url: string;
  readonly socketPath: string;
  /** Its data folder, unless `--dir` sets another. */
  readonly folder: string;
  /** A connection for commands, closed with the server. */
  connect(): Promise<ServerConnection>;
  /** Resolves with the exit code of the current process, null after a signal. */
  exited(): Promise<number | null>;
  signal(name: NodeJS.Signals): void;
  /** Sends SIGKILL, like a power failure. */
  kill(): Promise<void>;
  /** Starts it again with the same data, after `kill`. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Without fsync, which waits for a disk that other tests keep busy: Redis writes its file before it replies, so a killed process
 * loses nothing that was acknowledged.
 *
 * @param more arguments of redis-server that extend or override the defaults: `--maxmemory`, `16mb`
 */
export async function startRedisServer(...more: string[]): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), 'firstword-redis-'));
  const socketPath = join(folder, 'redis.sock');
  const url = `unix://${socketPath}`;
  const connections: ServerConnection[] = [];
  let child: ChildProcess;

  const start = async () => {
    const settings = ['--port', '0', '--unixsocket', socketPath, '--dir', folder, '--save', ''];
    child = spawn(BINARY, [...settings, '--appendonly', 'yes', '--appendfsync', 'no', ...more], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise<void>((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`redis-server exited with code ${code}.`)));
      child.stdout?.on('data', (lines: Buffer) => {
        if (String(lines).includes('ready to accept connections')) resolve();
      });
    });
  };
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  await start();
  const endWithTheTest = () => void child.kill('SIGKILL');
  process.on('exit', endWithTheTest);
  return {
    url,
    socketPath,
    folder,
    async connect() {
      const [redis] = primariesOf(await connectRedis(url, 'commands', silentLog));
      if (redis === undefined) throw new Error('The connection has no server.');
      connections.push(redis);
      return redis;
    },
    async exited() {
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      return child.exitCode;
    },
    signal: (name) => void child.kill(name),
    start,
    kill,
    async stop() {
      for (const redis of connections) redis.disconnect();
      process.off('exit', endWithTheTest);
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
