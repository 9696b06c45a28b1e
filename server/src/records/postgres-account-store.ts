/** Accounts in PostgreSQL. */
import { type Insertable, type Kysely, type Selectable, sql } from 'kysely';
import { type Account, type AccountStore, accountSchema, type Link, linkSchema } from './account-store.ts';
import type { Database } from './database.ts';
import { importOnce } from './imports.ts';
import type { AccountsTable, Tables } from './tables.ts';

export function createPostgresAccountStore(database: Database, now: () => number = Date.now): AccountStore {
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
    add: (account) => database.query((db) => insertAccount(db, account)),
    async remove({ id }) {
      await database.query((db) => db.deleteFrom('accounts').where('id', '=', id).execute());
    },
    async renewHash(id, from, to) {
      await database.query((db) =>
        db
          .updateTable('accounts')
          .set({ password_hash: to })
          .where('id', '=', id)
          .where('password_hash', '=', from)
          .execute(),
      );
    },
    async openLink(tokenHash, link, expiresAt) {
      await database.transaction(async (db) => {
        await db.deleteFrom('account_links').where('expires_at', '<', new Date(now())).execute();
        await insertLink(db, tokenHash, link, expiresAt);
      });
    },
    readLink: (tokenHash) =>
      database.query(async (db) => {
        const row = await db
          .selectFrom('account_links')
          .select(['kind', 'email', 'role'])
          .where('token_hash', '=', tokenHash)
          .where('expires_at', '>', new Date(now()))
          .executeTakeFirst();
        return row && linkSchema.parse(row);
      }),
    redeem: (tokenHash, { kind }, account) =>
      database.transaction(async (db) => {
        // One at a time, so that two first links can't both create the first account.
        await sql`LOCK TABLE accounts IN SHARE ROW EXCLUSIVE MODE`.execute(db);
        const link = db.deleteFrom('account_links').where('token_hash', '=', tokenHash);
        const valid = await db
          .selectFrom('account_links')
          .select('kind')
          .where('token_hash', '=', tokenHash)
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
    async importAccount(account) {
      await importOnce(database, `account:${account.id}`, (db) => insertAccount(db, account));
    },
    async importLink(tokenHash, link, expiresAt) {
      await importOnce(database, `link:${tokenHash}`, (db) => insertLink(db, tokenHash, link, expiresAt));
    },
  };
}

/** False when its id or e-mail address is taken. */
async function insertAccount(db: Kysely<Tables>, account: Account): Promise<boolean> {
  const added = await db
    .insertInto('accounts')
    .values(toRow(account))
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .execute();
  return added.length > 0;
}

async function insertLink(db: Kysely<Tables>, tokenHash: string, link: Link, expiresAt: number): Promise<void> {
  await db
    .insertInto('account_links')
    .values({
      token_hash: tokenHash,
      kind: link.kind,
      email: link.kind === 'first-run' ? null : link.email,
      role: link.kind === 'invite' ? link.role : null,
      expires_at: new Date(expiresAt),
    })
    .execute();
}

function toRow({ id, email, name, role, passwordHash, credential, createdAt }: Account): Insertable<AccountsTable> {
  return { id, email, name, role, password_hash: passwordHash, credential, created_at: new Date(createdAt) };
}

function toAccount({ password_hash: passwordHash, created_at: createdAt, ...row }: Selectable<AccountsTable>): Account {
  return accountSchema.parse({ ...row, passwordHash, createdAt: createdAt.getTime() });
}
