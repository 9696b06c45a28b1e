/** A PostgreSQL for a test run, and a database in it for each test file. */
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { createPrivatePostgres } from '@firstword/server/local/private-postgres';
import { createDatabase } from '@firstword/server/records/database';
import { MIGRATIONS } from '@firstword/server/records/migrations';
import { migrate } from '@firstword/server/records/migrator';
import { Client } from 'pg';
import { createRunFolder } from './run-folder.ts';
import { silentLog } from './silent-log.ts';

/** Set for the workers of a run, which inherit it. */
const URL_VARIABLE = 'FIRSTWORD_TEST_POSTGRES';
const TEMPLATE = 'template_firstword';
/** What a crash of the machine would need; tests that crash PostgreSQL start their own. */
const FAST = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' };

export interface TestPostgres {
  stop(): Promise<void>;
}

/** Starts the PostgreSQL of this run, with a migrated template. */
export async function startTestPostgres(): Promise<TestPostgres> {
  const dataDir = createRunFolder();
  const server = createPrivatePostgres({ dataDir, log: { info: () => {}, warn: console.warn }, settings: FAST });
  await server.ready;
  process.env[URL_VARIABLE] = server.url;
  await onServer(`CREATE DATABASE ${TEMPLATE}`);
  const database = createDatabase(urlOf(server.url, TEMPLATE), silentLog);
  await migrate(database, MIGRATIONS, silentLog);
  await database.close();
  return {
    async stop() {
      delete process.env[URL_VARIABLE];
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export interface TestDatabase {
  /** For `DATABASE_URL`. */
  readonly url: string;
  /** Also closes connections that are still open. */
  drop(): Promise<void>;
}

const ofInstallations = new Map<string, Promise<TestDatabase>>();

/** The same database for all processes on one Redis. It exists until the run's PostgreSQL stops. */
export function databaseBeside(redisUrl: string): Promise<TestDatabase> {
  const known = ofInstallations.get(redisUrl) ?? createTestDatabase();
  ofInstallations.set(redisUrl, known);
  return known;
}

/** @param template `template1` for a database without our tables */
export async function createTestDatabase(template = TEMPLATE): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await onServer(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  return {
    url: urlOf(serverUrl(), name),
    drop: () => onServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

function serverUrl(): string {
  const url = process.env[URL_VARIABLE];
  if (url === undefined) throw new Error('No PostgreSQL runs for these tests. Call startTestPostgres first.');
  return url;
}

const urlOf = (url: string, database: string) => url.replace('@/postgres?', `@/${database}?`);

async function onServer(statement: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl() });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
