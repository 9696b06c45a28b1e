/** API tokens in PostgreSQL. */
import type { Insertable, Kysely, Selectable } from 'kysely';
import { type ApiTokenStore, type Program, programSchema } from './api-token-store.ts';
import type { Database } from './database.ts';
import { importOnce } from './imports.ts';
import type { ApiTokensTable, Tables } from './tables.ts';

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
    list: () =>
      database.query(async (db) => {
        const rows = await db.selectFrom('api_tokens').selectAll().orderBy('created_at').orderBy('id').execute();
        return rows.map(toProgram);
      }),
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

function toRow(tokenHash: string, { id, name, scope, createdAt }: Program): Insertable<ApiTokensTable> {
  return { token_hash: tokenHash, id, name, scope, created_at: new Date(createdAt) };
}

function toProgram({ id, name, scope, created_at: createdAt }: Selectable<ApiTokensTable>): Program {
  return programSchema.parse({ id, name, scope, createdAt: createdAt.getTime() });
}
