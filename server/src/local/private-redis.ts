/** Runs a Redis for installations without one: no port, durable after every write, ended with this process. */
import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { makeSocketFolder, privateSocketPath } from './private-socket.ts';
import { type ChildLog, createSupervisedChild } from './supervised-child.ts';
import { watchedCommand } from './watched-command.ts';

export interface PrivateRedis {
  /** Path of its unix socket, the same after each restart. ioredis accepts it as an address, like a URL. */
  readonly path: string;
  /** Rejects with a printable reason if Redis could not be started. */
  readonly ready: Promise<void>;
  /** Resolves when Redis has written everything and exited. */
  stop(): Promise<void>;
}

/** No command that reads, empties or reconfigures all of it. Its socket is in a folder of this user alone. */
const PERMISSIONS = '+@all -@admin -@dangerous +info +config|get';
/** Loading a large append-only file takes seconds. */
const READY_MS = 60_000;
const PREDECESSOR_MS = 10_000;

/**
 * Starts Redis at once, with its data in `<dataDir>/redis`, and restarts it after every crash.
 * No other process may use the folder: two servers that write one log would corrupt it.
 */
export function createPrivateRedis(options: {
  dataDir: string;
  binary?: string | undefined;
  log: ChildLog;
}): PrivateRedis {
  const { dataDir, binary = 'redis-server', log } = options;
  const folder = join(resolve(dataDir), 'redis');
  const path = privateRedisSocket(dataDir);
  const args = redisArguments(folder, path);
  const child = createSupervisedChild({
    name: 'The private Redis',
    async launch() {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      makeSocketFolder(path);
      await waitForPredecessor(path);
      return { ...watchedCommand(binary, args, 'TERM'), env: process.env };
    },
    readReady: (line) => (/ready to accept connections/i.test(line) ? true : undefined),
    log,
    readyMs: READY_MS,
  });
  return { path, ready: child.ready.then(() => {}), stop: child.stop };
}

/** Where the private Redis of a data folder listens, also for other commands of the same user. */
export function privateRedisSocket(dataDir: string): string {
  return privateSocketPath(join(resolve(dataDir), 'redis'), 'redis.sock');
}

function redisArguments(folder: string, path: string): string[] {
  const settings = {
    port: '0',
    unixsocket: path,
    unixsocketperm: '700',
    dir: folder,
    daemonize: 'no',
    save: '',
    appendonly: 'yes',
    // `everysec` lost acknowledged writes at a plain kill: Redis answers before it writes while an fsync runs.
    appendfsync: 'always',
    'no-appendfsync-on-rewrite': 'no',
    maxmemory: '512mb',
    'maxmemory-policy': 'noeviction',
  };
  const user = ['--user', ...`default on nopass ~* &* ${PERMISSIONS}`.split(' ')];
  return [...Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]), ...user];
}

/** The server of a killed process may still be writing; it closes its socket afterwards. */
async function waitForPredecessor(path: string): Promise<void> {
  const deadline = performance.now() + PREDECESSOR_MS;
  while (await answers(path)) {
    if (performance.now() > deadline) throw new Error(`another redis-server still listens at ${path}`);
    await pause(20);
  }
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
