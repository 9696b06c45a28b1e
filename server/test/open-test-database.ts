/** Databases of their own for single tests, dropped when the test has finished. */
import { createDatabase, type Database } from '@firstword/server/records/database';
import { createPostgresAccountStore } from '@firstword/server/records/postgres-account-store';
import { silentLog } from '@firstword/testing/silent-log';
import { createTestDatabase } from '@firstword/testing/test-database';
import { onTestFinished } from 'vitest';

export async function openTestDatabase(): Promise<Database> {
  const given = await createTestDatabase();
  const database = createDatabase(given.url, silentLog);
  onTestFinished(async () => {
    await database.close();
    await given.drop();
  });
  return database;
}

/** The same, with an account for each of these ids. */
export async function openAccountsDatabase(agentIds: readonly string[]): Promise<Database> {
  const database = await openTestDatabase();
  const accounts = createPostgresAccountStore(database);
  for (const id of agentIds) {
    const fixed = {
      roles: { '*': 'agent' },
      passwordHash: 'hash',
      credential: 'c',
      createdAt: 1_790_000_000_000,
    } as const;
    await accounts.add({ id, email: `${id}@shop.example`, name: id, ...fixed });
  }
  return database;
}
