/** Links to identity providers in PostgreSQL. They end with their account. */
import type { Database } from './database.ts';
import type { IdentityStore } from './identity-store.ts';

export function createPostgresIdentityStore(database: Database): IdentityStore {
  return {
    find: ({ issuer, subject }) =>
      database.query(async (db) => {
        const row = await db
          .selectFrom('account_identities')
          .select('account_id')
          .where('issuer', '=', issuer)
          .where('subject', '=', subject)
          .executeTakeFirst();
        return row?.account_id;
      }),
    link: ({ issuer, subject }, accountId) =>
      database.query(async (db) => {
        const added = await db
          .insertInto('account_identities')
          .values({ issuer, subject, account_id: accountId })
          .onConflict((conflict) => conflict.doNothing())
          .returning('account_id')
          .execute();
        return added.length > 0;
      }),
    unlink: (accountId) =>
      database.query(async (db) => {
        const removed = await db
          .deleteFrom('account_identities')
          .where('account_id', '=', accountId)
          .returning('account_id')
          .execute();
        return removed.length > 0;
      }),
  };
}
