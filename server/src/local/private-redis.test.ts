import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { connectRedis, type Redis } from '@firstword/server/lib/redis';
import { createPrivateRedis, type PrivateRedis, privateRedisSocket } from '@firstword/server/local/private-redis';
import { silentLog } from '@firstword/testing/silent-log';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

// Real processes on a busy machine.
vi.setConfig({ testTimeout: 20_000, hookTimeout: 20_000 });

let dataDir: string;
const ends: (() => unknown)[] = [];
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'firstword-redis-'));
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
  rmSync(dataDir, { recursive: true, force: true });
});

function start(folder = dataDir, warn = vi.fn<(text: string) => void>()) {
  const server = createPrivateRedis({ dataDir: folder, log: { info: () => {}, warn } });
  ends.push(() => server.stop());
  return { server, warn };
}

async function connected({ path, ready }: PrivateRedis): Promise<Redis> {
  await ready;
  const redis = await connectRedis(path, 'waiting', silentLog);
  ends.push(() => redis.disconnect());
  return redis;
}

async function pidOf(redis: Redis): Promise<number> {
  return Number(/process_id:(\d+)/.exec(await redis.info('server'))?.[1]);
}

/** A dead process counts as gone even while its parent has not asked for its end (state Z). */
function lives(pid: number): boolean {
  return existsSync(`/proc/${pid}/stat`) && !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
}

const gone = (pid: number) => vi.waitFor(() => expect(lives(pid)).toBe(false), { timeout: 5000, interval: 20 });

/** Another process that starts the private Redis, prints its own and the server's pid, and lives until it is killed. */
async function startParent(): Promise<{ parent: ChildProcess; redisPid: number }> {
  const code = `
    import { Redis } from 'ioredis';
    const { createPrivateRedis } = await import(${JSON.stringify(new URL('../../../server/src/local/private-redis.ts', import.meta.url).href)});
    const server = createPrivateRedis({ dataDir: ${JSON.stringify(dataDir)}, log: console });
    await server.ready;
    const redis = new Redis(server.path);
    await redis.set('order', 'kept');
    console.log(/process_id:(\\d+)/.exec(await redis.info('server'))[1]);`;
  const parent = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  ends.push(() => parent.kill('SIGKILL'));
  const [line] = await once(createInterface({ input: parent.stdout }), 'line');
  return { parent, redisPid: Number(line) };
}

test('it writes every change to disk at once, evicts nothing, and opens no port', async () => {
  const { server } = start();
  const redis = await connected(server);
  const settings = ['appendonly', 'appendfsync', 'no-appendfsync-on-rewrite', 'maxmemory-policy', 'port', 'save'];
  const found = await Promise.all(settings.map((name) => redis.config('GET', name)));
  expect(found.map((pair) => (Array.isArray(pair) ? pair[1] : pair))).toEqual([
    'yes',
    'always',
    'no',
    'noeviction',
    '0',
    '',
  ]);
  expect(statSync(server.path).mode & 0o077).toBe(0);
});

test('data is kept over a stop and a start', async () => {
  const first = start().server;
  await (await connected(first)).set('order', 'kept');
  await first.stop();
  expect(await (await connected(start().server)).get('order')).toBe('kept');
});

test('when the parent is killed, the server exits without losing data', async () => {
  const { parent, redisPid } = await startParent();
  expect(lives(redisPid)).toBe(true);
  parent.kill('SIGKILL');
  const successor = start().server; // at once: it must wait for the server before it
  expect(await (await connected(successor)).get('order')).toBe('kept');
  await gone(redisPid);
});

test('a server that crashes is reported and restarted on the same socket with its data', async () => {
  const { server, warn } = start();
  const redis = await connected(server);
  await redis.set('order', 'kept');
  const pid = await pidOf(redis);
  process.kill(pid, 'SIGKILL');
  await vi.waitFor(async () => expect(await redis.get('order')).toBe('kept'), { timeout: 5000 });
  expect(await pidOf(redis)).not.toBe(pid);
  expect(warn).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('The private Redis exited (exit code 137'));
});

test('when the watching shell is killed, the server exits too', async () => {
  const { server } = start();
  const redis = await connected(server);
  const pid = await pidOf(redis);
  const shell = Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ')[3]);
  process.kill(shell, 'SIGKILL');
  await gone(pid);
  await vi.waitFor(async () => expect(await redis.ping()).toBe('PONG'), { timeout: 5000 });
});

test('the interrupt of a terminal does not reach it', async () => {
  const { server } = start();
  const pid = await pidOf(await connected(server));
  const group = readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ')[4];
  expect(group).not.toBe(readFileSync('/proc/self/stat', 'utf8').split(' ')[4]);
});

test('a stop leaves no process behind', async () => {
  const { server } = start();
  const pid = await pidOf(await connected(server));
  await server.stop();
  expect(lives(pid)).toBe(false);
  expect(readdirSync(join(dataDir, 'redis'))).not.toContain('redis.sock');
});

test('a stop before it was ready leaves no process behind either', async () => {
  const { server } = start();
  await server.stop();
  await expect(server.ready).rejects.toThrow('stopped before it was ready');
  const refused = connect(server.path);
  const [error] = await once(refused, 'error');
  expect(error.code).toMatch(/ENOENT|ECONNREFUSED/);
});

test('a missing program is an error that says so', async () => {
  const server = createPrivateRedis({ dataDir, binary: 'no-such-redis', log: console });
  await expect(server.ready).rejects.toThrow(/The private Redis did not start: .*no-such-redis: not found/s);
});

test('with a long folder name, the socket gets a short path', async () => {
  const deep = join(dataDir, 'a-long-name-for-a-folder'.repeat(4));
  mkdirSync(deep);
  const path = privateRedisSocket(deep);
  ends.push(() => rmSync(dirname(path), { recursive: true, force: true }));
  expect(Buffer.byteLength(path)).toBeLessThanOrEqual(100);
  expect(await (await connected(start(deep).server)).ping()).toBe('PONG');
  expect(statSync(dirname(path)).mode & 0o077).toBe(0);
});
