/** Accounts in PostgreSQL. */
import { randomUUID } from 'node:crypto';
import { type Insertable, type Kysely, type Selectable, sql } from 'kysely';
import {
  type Account,
  type AccountStore,
  accessOf,
  accountSchema,
  changedAccount,
  isFullAdmin,
  type Link,
  linkSchema,
} from './account-store.ts';
import type { AccountsTable } from './agent-tables.ts';
import type { Database } from './database.ts';
import { importOnce } from './imports.ts';
import { fromRoleColumns, type RoleColumns, toRoleColumns } from './role-columns.ts';
import type { Tables } from './tables.ts';

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
    access: (ids) =>
      database.query(async (db) => {
        const rows = await db
          .selectFrom('accounts')
          .selectAll()
          .where(sql<boolean>`id = ANY(${[...ids]}::text[])`)
          .execute();
        return rows.map((row) => accessOf(toAccount(row)));
      }),
    add: (account) => database.query((db) => insertAccount(db, account)),
    async remove({ id }) {
      await database.query((db) => db.deleteFrom('accounts').where('id', '=', id).execute());
    },
    change: (id, change) =>
      database.transaction(async (db) => {
        // One at a time, so that two administrators can't remove each other.
        await sql`LOCK TABLE accounts IN SHARE ROW EXCLUSIVE MODE`.execute(db);
        const rows = await db
          .selectFrom('accounts')
          .selectAll()
          .where((where) => where.or([where('id', '=', id), where('role', '=', 'admin')]))
          .execute();
        const known = rows.map(toAccount);
        const account = known.find((each) => each.id === id);
        if (account === undefined) return 'not-found';
        const changed = changedAccount(account, change);
        const others = known.some((each) => each.id !== id && isFullAdmin(each));
        if (isFullAdmin(account) && !isFullAdmin(changed) && !others) return 'last-admin';
        await db.updateTable('accounts').set(toRow(changed)).where('id', '=', id).execute();
        // Also at the activation: of a token that was being made meanwhile.
        if (account.deactivatedAt !== undefined || changed.deactivatedAt !== undefined)
          await db.deleteFrom('api_tokens').where('account_id', '=', id).execute();
        return 'done';
      }),
    useSecondFactor: (id, from, to) =>
      database.query(async (db) => {
        const used = await db
          .updateTable('accounts')
          .set({ second_factor: JSON.stringify(to) })
          .where('id', '=', id)
          .where(sql<boolean>`second_factor = ${JSON.stringify(from)}::jsonb`)
          .returning('id')
          .execute();
        return used.length > 0;
      }),
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
          .select(['kind', 'email', 'role', 'sites', 'site_roles'])
          .where('token_hash', '=', tokenHash)
          .where('expires_at', '>', new Date(now()))
          .executeTakeFirst();
        return row && toLink(row);
      }),
    listInvites: () =>
      database.query(async (db) => {
        const rows = await db
          .selectFrom('account_links')
          .selectAll()
          .where('kind', '=', 'invite')
          .where('expires_at', '>', new Date(now()))
          .execute();
        // Those of a version that gave links no id are not listed; they still work until they expire.
        const open = rows.flatMap(({ id, expires_at: expiresAt, token_hash: _, ...row }) => {
          const link = toLink(row);
          if (id === null || link.kind !== 'invite') return [];
          const { kind: __, ...invite } = link;
          return [{ ...invite, id, expiresAt: expiresAt.getTime() }];
        });
        return open.sort((one, other) => one.email.localeCompare(other.email));
      }),
    removeInvite: (id) =>
      database.query(async (db) => {
        const removed = await db
          .deleteFrom('account_links')
          .where('id', '=', id)
          .where('kind', '=', 'invite')
          .returning('id')
          .execute();
        return removed.length > 0;
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
      ...(link.kind === 'invite' ? toRoleColumns(link.roles) : { role: null, sites: null, site_roles: null }),
      id: randomUUID(),
      expires_at: new Date(expiresAt),
    })
    .execute();
}

function toRow(account: Account): Insertable<AccountsTable> {
  const { id, email, name, roles, deactivatedAt, secondFactor, passwordHash, credential, createdAt } = account;
  return {
    ...{ id, email, name, credential, password_hash: passwordHash, created_at: new Date(createdAt) },
    ...toRoleColumns(roles),
    second_factor: secondFactor === undefined ? null : JSON.stringify(secondFactor),
    deactivated_at: deactivatedAt === undefined ? null : new Date(deactivatedAt),
  };
}

function toAccount(row: Selectable<AccountsTable>): Account {
  const { password_hash: passwordHash, created_at: createdAt, deactivated_at: deactivatedAt, ...rest } = row;
  const { second_factor: secondFactor, role, sites, site_roles, ...own } = rest;
  return accountSchema.parse({
    ...withoutNull({ ...own, secondFactor }),
    ...(deactivatedAt === null ? {} : { deactivatedAt: deactivatedAt.getTime() }),
    ...{ roles: fromRoleColumns({ role, sites, site_roles }), passwordHash, createdAt: createdAt.getTime() },
  });
}

function toLink({ role, sites, site_roles, ...row }: RoleColumns & { kind: string; email: string | null }): Link {
  const roles = row.kind === 'invite' ? { roles: fromRoleColumns({ role, sites, site_roles }) } : {};
  return linkSchema.parse({ ...withoutNull(row), ...roles });
}

/** A column without a value is a property that is absent. */
function withoutNull(row: object): object {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
}
