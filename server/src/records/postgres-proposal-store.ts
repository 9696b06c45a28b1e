/** Proposed articles in PostgreSQL. */
import { type Proposal, proposalSchema } from '@firstword/shared/proposal';
import { type Selectable, sql } from 'kysely';
import type { Database } from './database.ts';
import type { ArticleProposalsTable } from './knowledge-tables.ts';
import type { ProposalStore } from './proposal-store.ts';
import { storedJson } from './stored-text.ts';

export function createPostgresProposalStore(database: Database): ProposalStore {
  return {
    async add({ id, siteId, state, conversationIds, createdAt, ...body }) {
      const row = { id, site_id: siteId, state, conversation_ids: conversationIds, created_at: new Date(createdAt) };
      await database.query((db) =>
        db
          .insertInto('article_proposals')
          .values({ ...row, body: storedJson(body) })
          .execute(),
      );
    },
    load: (id) =>
      database.query(async (db) => {
        const row = await db.selectFrom('article_proposals').selectAll().where('id', '=', id).executeTakeFirst();
        return row && toProposal(row);
      }),
    list: (siteId, limit) =>
      database.query(async (db) => {
        const rows = await db
          .selectFrom('article_proposals')
          .selectAll()
          .where('site_id', '=', siteId)
          .orderBy('created_at', 'desc')
          .limit(limit)
          .execute();
        return rows.map(toProposal);
      }),
    move: (id, from, to, change) =>
      database.query(async (db) => {
        const row = await db
          .updateTable('article_proposals')
          .set({ state: to, body: sql<string>`body || ${storedJson(change)}::jsonb` })
          .where('id', '=', id)
          .where('state', '=', from)
          .returningAll()
          .executeTakeFirst();
        return row && toProposal(row);
      }),
    async erase(conversationId) {
      await database.query((db) =>
        db
          .deleteFrom('article_proposals')
          .where(sql<boolean>`conversation_ids @> ARRAY[${conversationId}]::text[]`)
          .execute(),
      );
    },
  };
}

function toProposal(row: Selectable<ArticleProposalsTable>): Proposal {
  const { id, site_id: siteId, state, conversation_ids: conversationIds } = row;
  const body = typeof row.body === 'object' ? row.body : {};
  return proposalSchema.parse({ ...body, id, siteId, state, conversationIds, createdAt: row.created_at.getTime() });
}
