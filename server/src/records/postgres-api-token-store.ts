/** API tokens in PostgreSQL. */
import { type Insertable, type Kysely, type Selectable, sql } from 'kysely';
import type { ApiTokensTable } from './agent-tables.ts';
import { type ApiTokenStore, type KnownProgram, type Program, programSchema } from './api-token-store.ts';
import type { Database } from './database.ts';
import { importOnce } from './imports.ts';
import { fromRoleColumns } from './role-columns.ts';
import type { Tables } from './tables.ts';

export function createPostgresApiTokenStore(database: Database): ApiTokenStore {
  return {
    add: (tokenHash, program) => database.query((db) => insert(db, tokenHash, program)),
    find: (tokenHash) =>
      database.query(async (db) => {
        const row = await db
          .selectFrom('api_tokens')
          .selectAll()
          .where('token_hash', '=', tokenHash)
          .executeTakeFirst();
        return row && toProgram(row);
      }),
    findAll: (tokenHashes) =>
      database.query(async (db) => {
        const rows = await withMakers(db)
          .where(sql<boolean>`token_hash = ANY(${[...tokenHashes]}::text[])`)
          .execute();
        return new Map(rows.map((row) => [row.token_hash, toKnown(row)]));
      }),
    list: () =>
      database.query(async (db) => {
        const rows = await withMakers(db).orderBy('api_tokens.created_at').orderBy('api_tokens.id').execute();
        return rows.map((row) => ({
          ...toKnown(row),
          ...(row.last_used_at === null ? {} : { lastUsedAt: row.last_used_at.getTime() }),
        }));
      }),
    async noteUse(id, at) {
      await database.query((db) =>
        db
          .updateTable('api_tokens')
          .set({ last_used_at: new Date(at) })
          .where('id', '=', id)
          .execute(),
      );
    },
    remove: (id) =>
      database.query(async (db) => {
        const removed = await db.deleteFrom('api_tokens').where('id', '=', id).returning('id').execute();
        return removed.length > 0;
      }),
    async importToken(tokenHash, program) {
      await importOnce(database, `api-token:${tokenHash}`, (db) => insert(db, tokenHash, program));
    },
  };
}

function withMakers(db: Kysely<Tables>) {
  return db
    .selectFrom('api_tokens')
    .leftJoin('accounts', 'accounts.id', 'api_tokens.account_id')
    .selectAll('api_tokens')
    .select(['accounts.role as maker_role', 'accounts.sites as maker_sites', 'accounts.site_roles as maker_site_roles'])
    .select('accounts.deactivated_at as maker_deactivated_at');
}

async function insert(db: Kysely<Tables>, tokenHash: string, program: Program): Promise<void> {
  await db.insertInto('api_tokens').values(toRow(tokenHash, program)).execute();
}

function toRow(tokenHash: string, program: Program): Insertable<ApiTokensTable> {
  const { id, name, scope, sites, accountId, createdAt, expiresAt } = program;
  return {
    ...{ token_hash: tokenHash, id, name, scope, created_at: new Date(createdAt) },
    sites: sites ?? null,
    account_id: accountId ?? null,
    expires_at: expiresAt === undefined ? null : new Date(expiresAt),
    last_used_at: null,
  };
}

type RowWithMaker = Awaited<ReturnType<ReturnType<typeof withMakers>['execute']>>[number];

function toKnown(row: RowWithMaker): KnownProgram {
  const program = toProgram(row);
  if (program.accountId === undefined) return program;
  const { maker_role: role, maker_sites: sites, maker_site_roles, maker_deactivated_at: deactivatedAt } = row;
  return {
    ...program,
    makerRoles: deactivatedAt === null ? fromRoleColumns({ role, sites, site_roles: maker_site_roles }) : {},
  };
}

function toProgram(row: Selectable<ApiTokensTable>): Program {
  const { id, name, scope, sites, account_id: accountId, created_at: createdAt, expires_at: expiresAt } = row;
  return programSchema.parse({
    ...{ id, name, scope, createdAt: createdAt.getTime() },
    ...(sites === null ? {} : { sites }),
    ...(accountId === null ? {} : { accountId }),
    ...(expiresAt === null ? {} : { expiresAt: expiresAt.getTime() }),
  });
}
