/** Accounts in PostgreSQL. */
import { type Insertable, type Selectable, sql } from 'kysely';
import { mintToken, type TokenHash } from '../lib/tokens.ts';
import { type Account, type AccountStore, accountSchema, linkSchema } from './account-store.ts';
import type { Database } from './database.ts';
import type { AccountsTable } from './tables.ts';

export function createPostgresAccountStore(
  database: Database,
  tokenHash: TokenHash,
  now: () => number = Date.now,
): AccountStore {
  const findBy = (column: 'id' | 'email', value: string) =>
    database.query(async (db) => {
      const row = await db.selectFrom('accounts').selectAll().where(column, '=', value).executeTakeFirst();
      return row && toAccount(row);
    });
  return {
    count: () =>
      database.query(async (db) => {
        const { count } = await db
          .selectFrom('accounts')
          .select(sql<number>`count(*)::int`.as('count'))
          .executeTakeFirstOrThrow();
        return count;
      }),
    load: (id) => findBy('id', id),
    find: (email) => findBy('email', email),
    list: () =>
      database.query(async (db) => {
        const rows = await db.selectFrom('accounts').selectAll().execute();
        return rows.map(toAccount).sort((one, other) => one.email.localeCompare(other.email));
      }),
    add: (account) =>
      database.query(async (db) => {
        const added = await db
          .insertInto('accounts')
          .values(toRow(account))
          .onConflict((conflict) => conflict.doNothing())
          .returning('id')
          .execute();
        return added.length > 0;
      }),
    async remove({ id }) {
      await database.query((db) => db.deleteFrom('accounts').where('id', '=', id).execute());
    },
    async openLink(link, seconds) {
      const token = mintToken();
      const email = link.kind === 'first-run' ? null : link.email;
      const role = link.kind === 'invite' ? link.role : null;
      await database.transaction(async (db) => {
        await db.deleteFrom('account_links').where('expires_at', '<', new Date(now())).execute();
        await db
          .insertInto('account_links')
          .values({
            token_hash: tokenHash(token),
            kind: link.kind,
            email,
            role,
            expires_at: new Date(now() + seconds * 1000),
          })
          .execute();
      });
      return token;
    },
    readLink: (token) =>
      database.query(async (db) => {
        const row = await db
          .selectFrom('account_links')
          .select(['kind', 'email', 'role'])
          .where('token_hash', '=', tokenHash(token))
          .where('expires_at', '>', new Date(now()))
          .executeTakeFirst();
        return row && linkSchema.parse(row);
      }),
    redeem: (token, { kind }, account) =>
      database.transaction(async (db) => {
        // One at a time, so that two first links can't both create the first account.
        await sql`LOCK TABLE accounts IN SHARE ROW EXCLUSIVE MODE`.execute(db);
        const link = db.deleteFrom('account_links').where('token_hash', '=', tokenHash(token));
        const valid = await db
          .selectFrom('account_links')
          .select('kind')
          .where('token_hash', '=', tokenHash(token))
          .where('expires_at', '>', new Date(now()))
          .executeTakeFirst();
        if (valid === undefined) return 'refused';
        if (kind === 'first-run' && (await db.selectFrom('accounts').select('id').limit(1).execute()).length > 0) {
          await link.execute();
          return 'refused';
        }
        const known = await db
          .selectFrom('accounts')
          .select('id')
          .where('email', '=', account.email)
          .executeTakeFirst();
        if (kind === 'reset' && known?.id !== account.id) return 'refused';
        if (kind !== 'reset' && known !== undefined) return 'taken';
        await link.execute();
        const row = toRow(account);
        await db
          .insertInto('accounts')
          .values(row)
          .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
          .execute();
        return 'done';
      }),
  };
}

function toRow({ id, email, name, role, passwordHash, credential, createdAt }: Account): Insertable<AccountsTable> {
  return { id, email, name, role, password_hash: passwordHash, credential, created_at: new Date(createdAt) };
}

function toAccount({ password_hash: passwordHash, created_at: createdAt, ...row }: Selectable<AccountsTable>): Account {
  return accountSchema.parse({ ...row, passwordHash, createdAt: createdAt.getTime() });
}
