import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPrivatePostgres } from '@firstword/server/local/private-postgres';
import { createDatabase } from '@firstword/server/records/database';
import { MIGRATIONS } from '@firstword/server/records/migrations';
import { migrate } from '@firstword/server/records/migrator';
import { openRecords, type Records } from '@firstword/server/records/records';
import { RecordsError } from '@firstword/server/records/records-error';
import { silentLog } from '@firstword/testing/silent-log';
import { createTestDatabase } from '@firstword/testing/test-database';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { conversationOf, messageOf, newSite } from './archive-contract.ts';

const open = (url: string, migrations = MIGRATIONS) =>
  openRecords({ url, localeOf: () => 'en', log: silentLog, migrations });

async function emptyDatabase() {
  const given = await createTestDatabase('template1');
  onTestFinished(() => given.drop());
  return given;
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
  expect(ran.flat().sort()).toEqual(MIGRATIONS.map(({ number }) => number));
});

test('each migration has a larger number than the one before', () => {
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
  const records = await open(first.url);
  onTestFinished(() => records.close());
  await expect(records.check()).rejects.toThrow(RecordsError);
  const failure = await answers(records).catch((error: unknown) => error);
  expect(failure).toMatchObject({ name: 'RecordsError', code: 'unavailable' });

  const second = start();
  onTestFinished(() => second.stop());
  await second.ready;
  await expect.poll(() => records.check().then(() => 'up to date', String)).toBe('up to date');
  expect(await answers(records)).toBe(true);

  // And once more while it is in use: idle connections break, and new ones are opened.
  await second.stop();
  await expect(records.check()).rejects.toThrow(RecordsError);
  const third = start();
  onTestFinished(() => third.stop());
  await third.ready;
  expect(await answers(records)).toBe(true);
});
