import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import {
  createPrivatePostgres,
  type PrivatePostgres,
  privatePostgresUrl,
} from '@firstword/server/local/private-postgres';
import pg from 'pg';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

// Real processes on a busy machine; creating the database files takes seconds there.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let dataDir: string;
const ends: (() => unknown)[] = [];
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'firstword-postgres-'));
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
  rmSync(dataDir, { recursive: true, force: true });
});

function start(folder = dataDir, warn = vi.fn<(text: string) => void>()) {
  const server = createPrivatePostgres({ dataDir: folder, log: { info: () => {}, warn } });
  ends.push(() => server.stop());
  return { server, warn };
}

async function query({ url, ready }: Pick<PrivatePostgres, 'url' | 'ready'>, text: string): Promise<unknown[]> {
  await ready;
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query({ text, rowMode: 'array' })).rows.flat();
  } finally {
    await client.end();
  }
}

const pidIn = (folder: string) => Number.parseInt(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8'), 10);

/** A dead process counts as gone even while its parent has not asked for its end (state Z). */
function lives(pid: number): boolean {
  return existsSync(`/proc/${pid}/stat`) && !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
}

const gone = (pid: number) => vi.waitFor(() => expect(lives(pid)).toBe(false), { timeout: 10_000, interval: 20 });

/** Another process that starts the private PostgreSQL, prints when it is ready, and lives until it is killed. */
async function startParent(): Promise<ChildProcess> {
  const code = `
    const { createPrivatePostgres } = await import(${JSON.stringify(new URL('./private-postgres.ts', import.meta.url).href)});
    const server = createPrivatePostgres({ dataDir: ${JSON.stringify(dataDir)}, log: console });
    await server.ready;
    console.log('ready');`;
  const parent = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  ends.push(() => parent.kill('SIGKILL'));
  await once(createInterface({ input: parent.stdout }), 'line');
  return parent;
}

test('it opens no port, writes to disk before it confirms, and no other user can enter its folder', async () => {
  const { server } = start();
  const settings = ['listen_addresses', 'fsync', 'synchronous_commit', 'server_encoding'];
  const found = [];
  for (const name of settings) found.push(...(await query(server, `show ${name}`)));
  expect(found).toEqual(['', 'on', 'on', 'UTF8']);
  expect(statSync(join(dataDir, 'postgres')).mode & 0o077).toBe(0);
});

test('it has the extensions that search needs, and knows letters beyond ASCII', async () => {
  const { server } = start();
  for (const name of ['unaccent', 'pg_trgm']) await query(server, `create extension ${name}`);
  expect(await query(server, "select lower('ÄÖÜ'), unaccent('Größe'), show_trgm('日本') is not null")).toEqual([
    'äöü',
    'Grosse',
    true,
  ]);
});

test('data is kept over a stop and a start, also where the machine stopped', async () => {
  const first = start().server;
  await query(first, "create table orders as select 'kept' as state");
  const pid = pidIn(dataDir);
  await first.stop();
  expect(lives(pid)).toBe(false);
  // As after a power failure: another program has the pid now.
  writeFileSync(join(dataDir, 'postgres', 'postmaster.pid'), `${process.pid}\n${join(dataDir, 'postgres')}\n`);
  expect(await query(start().server, 'select state from orders')).toEqual(['kept']);
});

test('when the parent is killed, the server exits, and a new one starts at once with its data', async () => {
  const parent = await startParent();
  const url = privatePostgresUrl(dataDir);
  await query({ url, ready: Promise.resolve() }, "create table orders as select 'kept' as state");
  const pid = pidIn(dataDir);
  parent.kill('SIGKILL');
  expect(await query(start().server, 'select state from orders')).toEqual(['kept']);
  await gone(pid);
});

test('a server that crashes is reported and restarted with its data', async () => {
  const { server, warn } = start();
  await query(server, "create table orders as select 'kept' as state");
  const pid = pidIn(dataDir);
  process.kill(pid, 'SIGKILL');
  await gone(pid);
  await vi.waitFor(async () => expect(await query(server, 'select state from orders')).toEqual(['kept']), {
    timeout: 20_000,
  });
  expect(warn).toHaveBeenCalledWith(expect.stringContaining('The private PostgreSQL exited (exit code 137'));
});

test('the interrupt of a terminal does not reach it', async () => {
  await start().server.ready;
  const group = readFileSync(`/proc/${pidIn(dataDir)}/stat`, 'utf8').split(' ')[4];
  expect(group).not.toBe(readFileSync('/proc/self/stat', 'utf8').split(' ')[4]);
});

test('a start that was interrupted while it created the files begins again', async () => {
  mkdirSync(join(dataDir, 'postgres.new', 'half'), { recursive: true });
  expect(await query(start().server, 'select 1')).toEqual([1]);
  expect(readdirSync(dataDir)).toEqual(['postgres']);
});

test('files of another major version are an error that says what to do', async () => {
  mkdirSync(join(dataDir, 'postgres'));
  writeFileSync(join(dataDir, 'postgres', 'PG_VERSION'), '12\n');
  await expect(start().server.ready).rejects.toThrow(
    /postgres was written by PostgreSQL 12, but this is PostgreSQL \d+, which can't read it\. Move the folder away/,
  );
});

test('a program that can’t be run is an error that names it', async () => {
  const server = createPrivatePostgres({
    dataDir,
    log: console,
    programs: () => ({ initdb: join(dataDir, 'initdb'), postgres: join(dataDir, 'postgres-18') }),
  });
  await expect(server.ready).rejects.toThrow(/The private PostgreSQL did not start: .*postgres-18/);
});

test('it works in a folder that other users can’t enter, with a long name', async () => {
  chmodSync(dataDir, 0o700);
  const deep = join(dataDir, 'a-long-name-for-a-folder'.repeat(4));
  mkdirSync(deep, { mode: 0o700 });
  const { server } = start(deep);
  expect(await query(server, 'select 1')).toEqual([1]);
  const socketFolder = new URL(server.url.replace('@/', '@localhost/')).searchParams.get('host') ?? '';
  ends.push(() => rmSync(socketFolder, { recursive: true, force: true }));
  expect(Buffer.byteLength(socketFolder)).toBeLessThanOrEqual(100);
  expect(dirname(socketFolder)).toBe(tmpdir());
  expect(statSync(socketFolder).mode & 0o077).toBe(0);
});
