/** A real Redis for a test: on a socket in a folder of its own, durable at every write, and killable. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectRedis } from '@firstword/server/lib/redis';
import type { Redis } from 'ioredis';
import { silentLog } from './silent-log.ts';

const BINARY = 'redis-server';

export interface RedisServer {
  /** An address for `connectRedis`. */
  readonly url: string;
  readonly socketPath: string;
  /** Where it keeps its data, unless `--dir` names another. */
  readonly folder: string;
  /** A connection for commands, closed with the server. */
  connect(): Promise<Redis>;
  /** Resolves with the exit code of the current process, null when a signal ended it. */
  exited(): Promise<number | null>;
  signal(name: NodeJS.Signals): void;
  /** SIGKILL, as a power cut would. */
  kill(): Promise<void>;
  /** Starts it on the same data; only after `kill`. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** @param more settings beside, or instead of, the durable ones, as redis-server accepts them: `--maxmemory`, `16mb` */
export async function startRedisServer(...more: string[]): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), 'firstword-redis-'));
  const socketPath = join(folder, 'redis.sock');
  const url = `unix://${socketPath}`;
  const connections: Redis[] = [];
  let child: ChildProcess;

  const start = async () => {
    const settings = ['--port', '0', '--unixsocket', socketPath, '--dir', folder, '--save', ''];
    child = spawn(BINARY, [...settings, '--appendonly', 'yes', '--appendfsync', 'always', ...more], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise<void>((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`redis-server ended with ${code}`)));
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
      const redis = await connectRedis(url, 'commands', silentLog);
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
