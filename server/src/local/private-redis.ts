/** Runs a Redis for installations without one: no port, durable after every write, ended with this process. */
import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type ChildLog, createSupervisedChild } from './supervised-child.ts';

export interface PrivateRedis {
  /** Path of its unix socket, the same after each restart. ioredis accepts it as an address, like a URL. */
  readonly path: string;
  /** Rejects with a printable reason if Redis could not be started. */
  readonly ready: Promise<void>;
  /** Resolves when Redis has written everything and exited. */
  stop(): Promise<void>;
}

/** The system's limit for a socket's path is 108 bytes on Linux and 104 elsewhere. */
const SOCKET_PATH_MAX_BYTES = 100;
/** Loading a large append-only file takes seconds. */
const READY_MS = 60_000;
const PREDECESSOR_MS = 10_000;

/**
 * Redis doesn't watch its parent process, so a shell does: `read` returns when our end of the pipe closes, even if we are
 * killed. The shell exits with the exit code of Redis.
 */
const WATCHED = `
exec 3<&0
"$0" "$@" </dev/null 3<&- &
redis=$!
{ read -r _ <&3; kill "$redis"; } >/dev/null 2>&1 &
watcher=$!
wait "$redis"
code=$?
kill "$watcher"
exit "$code"`;

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
      makeOwnFolder(dirname(path));
      await waitForPredecessor(path);
      return { command: 'sh', args: ['-c', WATCHED, binary, ...args], env: process.env };
    },
    readReady: (line) => (/ready to accept connections/i.test(line) ? true : undefined),
    log,
    readyMs: READY_MS,
  });
  return { path, ready: child.ready.then(() => {}), stop: child.stop };
}

/** Where the private Redis of a data folder listens, also for other commands of the same user. */
export function privateRedisSocket(dataDir: string): string {
  const path = join(resolve(dataDir), 'redis', 'redis.sock');
  if (Buffer.byteLength(path) <= SOCKET_PATH_MAX_BYTES) return path;
  const name = createHash('sha256').update(path).digest('hex').slice(0, 16);
  return join(tmpdir(), `firstword-${name}`, 'redis.sock');
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
  return Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
}

/** A name in the shared temporary folder can be guessed: never use what another user put there. */
function makeOwnFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const found = lstatSync(folder);
  if (!found.isDirectory() || found.uid !== process.getuid?.() || (found.mode & 0o077) !== 0)
    throw new Error(
      `${folder}: belongs to another user, or other users may read it. Remove it, or set a shorter DATA_DIR.`,
    );
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
