import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPrivatePostgres } from '@firstword/server/local/private-postgres';
import { createDatabase, DATABASE_SETTINGS, MIGRATION_SETTINGS } from '@firstword/server/records/database';
import { MIGRATIONS } from '@firstword/server/records/migrations';
import { migrate } from '@firstword/server/records/migrator';
import { openRecords, type Records } from '@firstword/server/records/records';
import { RecordsError } from '@firstword/server/records/records-error';
import { freePort } from '@firstword/testing/free-port';
import { createLatch } from '@firstword/testing/latch';
import { silentLog } from '@firstword/testing/silent-log';
import { startTcpProxy } from '@firstword/testing/tcp-proxy';
import { createTestDatabase } from '@firstword/testing/test-database';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { conversationOf, messageOf, newSite } from './archive-contract.ts';

const open = (url: string, migrations = MIGRATIONS, settings = DATABASE_SETTINGS) =>
  openRecords({ url, localeOf: () => 'en', log: silentLog, migrations, settings });
/** Takes a second. */
const SLOW = { number: 1000, name: 'slow', sql: 'SELECT pg_sleep(1)' };

async function emptyDatabase() {
  const given = await createTestDatabase('template1');
  onTestFinished(() => given.drop());
  return given;
}

/** The same database behind a proxy. */
async function openProxy(url: string) {
  const { pathname, searchParams } = new URL(url.replace('@/', '@socket/'));
  const proxy = await startTcpProxy({ path: join(searchParams.get('host') ?? '', '.s.PGSQL.5432') });
  onTestFinished(() => proxy.stop());
  return { proxy, url: `postgres://firstword@127.0.0.1:${proxy.port}${pathname}` };
}

async function answers(records: Records) {
  const { id, messages } = conversationOf(records.archive, newSite());
  await messages(messageOf(1, 'Hello'));
  return (await records.archive.readAfter(id, 0, 10)).length === 1;
}

test('two processes that start at once on an empty database migrate it once', async () => {
  const { url } = await emptyDatabase();
  const databases = [createDatabase(url, silentLog), createDatabase(url, silentLog)];
  onTestFinished(async () => {
    for (const database of databases) await database.close();
  });
  const ran = await Promise.all(databases.map((database) => migrate(database, MIGRATIONS, silentLog)));
  expect(ran.flat().sort((one, other) => one - other)).toEqual(MIGRATIONS.map(({ number }) => number));
});

test('migrations have ascending numbers', () => {
  const numbers = MIGRATIONS.map(({ number }) => number);
  expect(numbers).toEqual([...new Set(numbers)].sort((one, other) => one - other));
});

test('this release works on the tables of a later one, also when it starts again there', async () => {
  const { url } = await emptyDatabase();
  const before = await open(url);
  const later = [...MIGRATIONS, { number: 1000, name: 'later', sql: 'ALTER TABLE messages ADD later text' }];
  await (await open(url, later)).close();
  expect(await answers(before)).toBe(true);
  await before.close();
  const again = await open(url);
  expect(await answers(again)).toBe(true);
  await again.close();
});

test('a migration that fails leaves nothing behind', async () => {
  const { url } = await emptyDatabase();
  const broken = [{ number: 1, name: 'broken', sql: 'CREATE TABLE half (id int); SELECT no_such_function()' }];
  await expect(open(url, broken)).rejects.toThrow('no_such_function');
  const database = createDatabase(url, silentLog);
  const { rows } = await database.query((db) => sql`SELECT to_regclass('half') AS found`.execute(db));
  await database.close();
  expect(rows).toEqual([{ found: null }]);
});

test('a migration may take longer than any other statement', async () => {
  const { url } = await emptyDatabase();
  const records = await open(url, [SLOW], { ...DATABASE_SETTINGS, statementMs: 100, silentMs: 100 });
  onTestFinished(() => records.close());
  expect(await records.check()).toBeUndefined();
});

test('a migration that cannot lock its table lets those through who use it, and is repeated until it can', async () => {
  const { url } = await emptyDatabase();
  const users = createDatabase(url, silentLog);
  const migrating = createDatabase(url, silentLog);
  onTestFinished(() => Promise.all([users.close(), migrating.close()]).then(() => {}));
  const create = { number: 1, name: 'orders', sql: 'CREATE TABLE orders (id int)' };
  await migrate(migrating, [create], silentLog);
  const [locked, waits, used] = [createLatch(), createLatch(), createLatch()];
  const holding = users.transaction(async (db) => {
    await sql`LOCK TABLE orders IN ROW EXCLUSIVE MODE`.execute(db);
    locked.open();
    await used.opened;
  });
  await locked.opened;
  const alter = { number: 2, name: 'states', sql: 'ALTER TABLE orders ADD COLUMN state text' };
  const ran = migrate(migrating, [create, alter], { ...silentLog, warn: waits.open });
  await waits.opened;
  await users.query((db) => sql`INSERT INTO orders VALUES (1)`.execute(db));
  used.open();
  expect(await ran).toEqual([2]);
  await holding;
});

test('the migration of a process that was killed is undone within seconds, and the next process runs it', async () => {
  const { url } = await emptyDatabase();
  const { proxy, url: throughProxy } = await openProxy(url);
  const killed = createDatabase(throughProxy, silentLog, MIGRATION_SETTINGS);
  const next = createDatabase(url, silentLog);
  onTestFinished(() => Promise.all([killed.close(), next.close()]).then(() => {}));
  const endless = { number: 1, name: 'orders', sql: 'CREATE TABLE orders (id int); SELECT pg_sleep(600)' };
  const cut = expect(migrate(killed, [endless], silentLog)).rejects.toThrow(RecordsError);
  const sleeping = sql`SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'`;
  await expect.poll(async () => (await next.query((db) => sleeping.execute(db))).rows).toHaveLength(1);
  proxy.cut();
  await cut;
  expect(await migrate(next, [{ ...endless, sql: 'CREATE TABLE orders (id int)' }], silentLog)).toEqual([1]);
});

test('a database that does not exist ends the start with the remedy, without the password', async () => {
  const { url } = await emptyDatabase();
  const wrong = url.replace('firstword@', 'firstword:hunter2@').replace(/\/test_\w+/, '/no_such_database');
  const failure = await open(wrong).catch((error: Error) => error);
  expect(failure).toMatchObject({
    message: expect.stringMatching(
      /^DATABASE_URL: .* refuses us: database "no_such_database" does not exist\. Create the database/,
    ),
  });
  expect(String(failure)).not.toContain('hunter2');
});

test('a database that is away at the start does not end it, and is brought up to date when it is back', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'firstword-away-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const start = () => createPrivatePostgres({ dataDir, log: { info: () => {}, warn: () => {} } });
  const first = start();
  await first.ready;
  await first.stop();
  const records = await open(first.url, [SLOW, ...MIGRATIONS]);
  onTestFinished(() => records.close());
  await expect(records.check()).rejects.toThrow(RecordsError);
  const failure = await answers(records).catch((error: unknown) => error);
  expect(failure).toMatchObject({ name: 'RecordsError', code: 'unavailable' });

  const second = start();
  onTestFinished(() => second.stop());
  await second.ready;
  const outcomes: unknown[] = [];
  const outcome = async () => {
    outcomes.push(await answers(records).catch((error: unknown) => error));
    return outcomes.at(-1);
  };
  await expect.poll(outcome).toBe(true);
  // While the tables are missing a query says so in the way in which it says that the database is away.
  for (const earlier of outcomes.slice(0, -1)) expect(earlier).toMatchObject({ code: 'unavailable' });
  expect(await records.check()).toBeUndefined();

  // And once more while it is in use: idle connections break, and new ones are opened.
  await second.stop();
  await expect(records.check()).rejects.toThrow(RecordsError);
  const third = start();
  onTestFinished(() => third.stop());
  await third.ready;
  expect(await answers(records)).toBe(true);
});

test('a connection that is lost between two statements fails its transaction, and nothing else', async () => {
  const { url } = await emptyDatabase();
  const database = createDatabase(url, silentLog);
  onTestFinished(() => database.close());
  const pidSchema = z.object({ pid: z.int() });
  const failure = database.transaction(async (db) => {
    const { rows } = await sql`SELECT pg_backend_pid() AS pid`.execute(db);
    const { pid } = pidSchema.parse(rows[0]);
    await database.query((other) => sql`SELECT pg_terminate_backend(${pid}, 5000)`.execute(other));
    await expect.poll(database.pool).toMatchObject({ idle: 1 });
    await sql`SELECT 1`.execute(db);
  });
  await expect(failure).rejects.toMatchObject({ name: 'RecordsError', code: 'unavailable' });
  expect((await database.query((db) => sql`SELECT 1 AS one`.execute(db))).rows).toEqual([{ one: 1 }]);
});

test('a connection that falls silent is dropped, so that the next query does not wait for it, too', async () => {
  const { proxy, url } = await openProxy((await emptyDatabase()).url);
  const settings = { ...DATABASE_SETTINGS, statementMs: 300, silentMs: 200 };
  const database = createDatabase(url, silentLog, settings);
  onTestFinished(() => database.close());
  const ask = () => database.query((db) => sql`SELECT 1`.execute(db));
  await ask();
  proxy.blackHole(true);
  await expect(ask()).rejects.toMatchObject({ name: 'RecordsError', code: 'unavailable' });
  await expect.poll(database.pool).toMatchObject({ open: 0 });
  proxy.blackHole(false);
  await ask();
});

test('of several servers, one that is away is passed over', async () => {
  const { url } = await openProxy((await emptyDatabase()).url);
  const records = await open(url.replace('@127.0.0.1', `@127.0.0.1:${await freePort()},127.0.0.1`));
  onTestFinished(() => records.close());
  expect(await answers(records)).toBe(true);
});

test('a process starts on a read-only database and reads there; when that accepts writes again, so do its connections', async () => {
  const { url } = await emptyDatabase();
  const admin = createDatabase(url, silentLog, { ...DATABASE_SETTINGS, connections: 1 });
  onTestFinished(() => admin.close());
  await migrate(admin, MIGRATIONS, silentLog);
  const name = sql.ref(new URL(url.replace('@/', '@socket/')).pathname.slice(1));
  await admin.query((db) => sql`ALTER DATABASE ${name} SET default_transaction_read_only = on`.execute(db));

  const records = await open(url);
  onTestFinished(() => records.close());
  await expect(records.check()).rejects.toThrow('The database is read-only.');
  expect((await records.archive.list({ siteIds: ['acme'], limit: 10 })).conversations).toEqual([]);
  await expect(answers(records)).rejects.toMatchObject({ name: 'RecordsError', code: 'unavailable' });
  await expect(records.check()).rejects.toThrow('in a read-only transaction');

  await admin.query((db) => sql`ALTER DATABASE ${name} RESET default_transaction_read_only`.execute(db));
  // The connections of before are still read-only: the first attempt replaces them.
  await answers(records).catch(() => {});
  expect(await answers(records)).toBe(true);
});

test('a table that is missing is a fault of the database, which the health check names', async () => {
  const { url } = await emptyDatabase();
  const records = await open(url);
  onTestFinished(() => records.close());
  expect(await records.check()).toBeUndefined();
  const admin = createDatabase(url, silentLog);
  onTestFinished(() => admin.close());
  await admin.query((db) => sql`ALTER TABLE messages RENAME TO former_messages`.execute(db));
  await expect(answers(records)).rejects.toMatchObject({ name: 'RecordsError', code: 'refused' });
  await expect(records.check()).rejects.toThrow('relation "messages" does not exist');
});
