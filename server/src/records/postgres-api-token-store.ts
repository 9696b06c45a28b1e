/** API tokens in PostgreSQL. */
import { type Insertable, type Kysely, type Selectable, sql } from 'kysely';
import type { ApiTokensTable } from './agent-tables.ts';
import { type ApiTokenStore, type Program, programSchema } from './api-token-store.ts';
import type { Database } from './database.ts';
import { importOnce } from './imports.ts';
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
        const rows = await db
          .selectFrom('api_tokens')
          .selectAll()
          .where(sql<boolean>`token_hash = ANY(${[...tokenHashes]}::text[])`)
          .execute();
        return new Map(rows.map((row) => [row.token_hash, toProgram(row)]));
      }),
    list: () =>
      database.query(async (db) => {
        const rows = await db.selectFrom('api_tokens').selectAll().orderBy('created_at').orderBy('id').execute();
        return rows.map((row) => ({
          ...toProgram(row),
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
    async removeOf(accountId) {
      await database.query((db) => db.deleteFrom('api_tokens').where('account_id', '=', accountId).execute());
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

function toProgram(row: Selectable<ApiTokensTable>): Program {
  const { id, name, scope, sites, account_id: accountId, created_at: createdAt, expires_at: expiresAt } = row;
  return programSchema.parse({
    ...{ id, name, scope, createdAt: createdAt.getTime() },
    ...(sites === null ? {} : { sites }),
    ...(accountId === null ? {} : { accountId }),
    ...(expiresAt === null ? {} : { expiresAt: expiresAt.getTime() }),
  });
}
