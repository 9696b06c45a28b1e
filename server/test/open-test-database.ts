/** A database of its own for one test, dropped when the test has finished. */
import { createDatabase, type Database } from '@firstword/server/records/database';
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
