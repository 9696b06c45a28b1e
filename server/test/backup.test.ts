/** Restores backups into empty stores, by the commands of docs/operations.md. */
import { execFile } from 'node:child_process';
import { accessSync, cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '@firstword/testing/free-port';
import { type PacedEndpoint, startPacedEndpoint } from '@firstword/testing/paced-endpoint';
import { startRedisServer } from '@firstword/testing/redis-server';
import { silentLog } from '@firstword/testing/silent-log';
import { createTestDatabase } from '@firstword/testing/test-database';
import { startInstance } from '@firstword/testing/test-server';
import { connectWidget } from '@firstword/testing/widget-client';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { recordFamilies } from '../src/cli/records/record-families.ts';
import { runRecordsCommand } from '../src/cli/records/records-command.ts';
import { connectRedis } from '../src/lib/redis.ts';
import { findPostgres, postgresPlaces } from '../src/local/postgres-programs.ts';
import { createPrivatePostgres } from '../src/local/private-postgres.ts';
import { createPrivateRedis } from '../src/local/private-redis.ts';
import { openRecords } from '../src/records/records.ts';
import { createRedisKeys } from '../src/store/keys.ts';

const visitors = () => {
  throw new Error('no visitor was asked for');
};

const keys = createRedisKeys('test');
const operations = readFileSync(join(import.meta.dirname, '../../docs/operations.md'), 'utf8');
let endpoint: PacedEndpoint;
beforeAll(async () => {
  endpoint = await startPacedEndpoint();
  endpoint.pace({ tokens: 5, everyMs: 0 });
});
afterAll(() => endpoint.stop());

interface StoreAddresses {
  readonly redisUrl: string;
  readonly databaseUrl: string;
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'firstword-backup-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs a web process on these stores, and stops it. */
async function serve<T>({ redisUrl, databaseUrl }: StoreAddresses, work: (port: number) => Promise<T>): Promise<T> {
  const records = await openRecords({ url: databaseUrl, localeOf: () => 'en', log: silentLog });
  const web = await startInstance(redisUrl, endpoint, { records });
  try {
    return await work(web.port);
  } finally {
    await web.stop();
    await records.close();
  }
}

interface Begun {
  readonly session: string;
  readonly conversationId: string;
  readonly ticketId: string | undefined;
}

/** A conversation that waits for an agent. */
const begin = (stores: StoreAddresses): Promise<Begun> =>
  serve(stores, async (port) => {
    const client = await connectWidget(port, { site: 'acme' });
    const { session, conversationId } = client.start;
    let ticketId: string | undefined;
    client.socket.on('responder', (responder) => {
      ticketId = responder.ticketId;
    });
    await client.send('I want to talk to a real person, please');
    await expect.poll(() => ticketId).toBeDefined();
    client.close();
    return { session, conversationId, ticketId };
  });

const expectItGoesOn = (stores: StoreAddresses, { session, conversationId, ticketId }: Begun) =>
  serve(stores, async (port) => {
    const client = await connectWidget(port, { site: 'acme', session });
    expect(client.start).toMatchObject({ conversationId, responder: { responder: 'waiting-agent', ticketId } });
    expect(client.start.messages[0]?.text).toBe('I want to talk to a real person, please');
    expect(await client.send('Is anyone there?')).toMatchObject({ ok: true });
    client.close();
  });

test('from a copy of the data folder, a conversation, its ticket and its session go on', async () => {
  const [dataDir, copy] = [newFolder(), join(newFolder(), 'copy')];
  const startStores = async (folder: string) => {
    mkdirSync(folder, { recursive: true });
    const [redis, postgres] = [
      createPrivateRedis({ dataDir: folder, log: silentLog }),
      createPrivatePostgres({ dataDir: folder, log: silentLog }),
    ];
    await Promise.all([redis.ready, postgres.ready]);
    const stop = () => Promise.all([redis.stop(), postgres.stop()]);
    return { redisUrl: `unix://${redis.path}`, databaseUrl: postgres.url, stop };
  };
  const before = await startStores(dataDir);
  const begun = await begin(before);
  await before.stop();
  await promisify(execFile)('cp', ['-a', dataDir, copy]);
  rmSync(dataDir, { recursive: true });
  const after = await startStores(copy);
  onTestFinished(async () => void (await after.stop()));
  await expectItGoesOn(after, begun);
}, 120_000);

/** A block of commands, with the addresses of this test. */
function commandsWith(text: string, replace: Readonly<Record<string, string>>): string {
  const block = [...operations.matchAll(/```sh\n([^`]+)```/g)]
    .map(([, code = '']) => code)
    .find((code) => code.includes(text));
  if (block === undefined) throw new Error(`docs/operations.md has no commands with "${text}".`);
  return Object.entries(replace).reduce((code, [from, to]) => code.replaceAll(from, to), block);
}

/** Of the machine, with `pg_dump` and `pg_restore` of the same version; undefined where there is none. */
function machinePrograms() {
  try {
    const programs = findPostgres({ ...postgresPlaces(process.env), packaged: undefined });
    const folder = dirname(realpathSync(programs.postgres));
    for (const name of ['initdb', 'pg_dump', 'pg_restore']) accessSync(join(folder, name));
    return { folder, initdb: join(folder, 'initdb'), postgres: join(folder, 'postgres') };
  } catch {
    return undefined;
  }
}
const machine = machinePrograms();

test.skipIf(machine === undefined)(
  'from a dump of PostgreSQL, they go on in an installation whose database has just been created',
  async () => {
    if (machine === undefined) return;
    const folder = newFolder();
    const startPostgres = async () => {
      const server = createPrivatePostgres({ dataDir: newFolder(), log: silentLog, programs: () => machine });
      onTestFinished(server.stop);
      await server.ready;
      return server;
    };
    const inFolder = (commands: string, databaseUrl: string) => {
      const env = { ...process.env, PATH: `${machine.folder}:${process.env.PATH}`, DATABASE_URL: databaseUrl };
      return promisify(execFile)('bash', ['-ec', commands], { cwd: folder, env });
    };
    const line = (program: string) =>
      commandsWith(program, {})
        .split('\n')
        .find((each) => each.startsWith(program)) ?? '';

    const [redis, database] = [await startRedisServer(), await startPostgres()];
    onTestFinished(redis.stop);
    const begun = await begin({ redisUrl: redis.url, databaseUrl: database.url });
    await inFolder(line('pg_dump'), database.url);
    await database.stop();

    const empty = await startPostgres();
    const installed = await openRecords({ url: empty.url, localeOf: () => 'en', log: silentLog });
    await inFolder(line('pg_restore'), empty.url); // while a process of the installation has its connections
    expect(await installed.archive.readAfter(begun.conversationId, 0, 10)).not.toEqual([]);
    expect((await installed.archive.searchMessages({ siteIds: ['acme'], q: 'person', limit: 9 })).messages).not.toEqual(
      [],
    );
    await installed.close();
    await expectItGoesOn({ redisUrl: redis.url, databaseUrl: empty.url }, begun);
  },
  120_000,
);

test('from a snapshot of Redis alone, they go on, and PostgreSQL is completed from it', async () => {
  const folder = newFolder();
  const inFolder = (commands: string) => promisify(execFile)('bash', ['-ec', commands], { cwd: folder });
  const [first, database, empty] = await Promise.all([startRedisServer(), createTestDatabase(), createTestDatabase()]);
  onTestFinished(async () => void (await Promise.all([first.stop(), database.drop(), empty.drop()])));
  const begun = await begin({ redisUrl: first.url, databaseUrl: database.url });
  await inFolder(commandsWith('redis-cli --rdb', { 'redis-cli --rdb': `redis-cli -s ${first.socketPath} --rdb` }));
  await inFolder(commandsWith('aof_rewrite_in_progress', { 6390: String(await freePort()) }));

  const second = await startRedisServer();
  onTestFinished(() => second.stop());
  await second.kill();
  rmSync(join(second.folder, 'appendonlydir'), { recursive: true });
  cpSync(join(folder, 'new'), second.folder, { recursive: true });
  await second.start();
  const [redis, records] = await Promise.all([
    connectRedis(second.url, 'commands', silentLog),
    openRecords({ url: empty.url, localeOf: () => 'en', log: silentLog }),
  ]);
  const lines: string[] = [];
  const say = (line: string) => void lines.push(line);
  const families = recordFamilies({ redis, keys, records, log: silentLog });
  await runRecordsCommand({ name: 'migrate', dryRun: false }, { redis, keys, families, visitors, say, log: silentLog });
  expect(lines).toContain('conversations: 1 in Redis, 1 written');
  expect((await records.archive.readAfter(begun.conversationId, 0, 10))[0]?.seq).toBe(1);
  redis.disconnect();
  await records.close();
  await expectItGoesOn({ redisUrl: second.url, databaseUrl: empty.url }, begun);
}, 120_000);
