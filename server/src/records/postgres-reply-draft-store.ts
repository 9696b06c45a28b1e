/** Drafts of replies in PostgreSQL. */
import { replyDraftSchema } from '@firstword/shared/reply-draft';
import { sql } from 'kysely';
import type { Database } from './database.ts';
import type { ReplyDraftStore } from './reply-draft-store.ts';
import { storedJson } from './stored-text.ts';

export function createPostgresReplyDraftStore(database: Database): ReplyDraftStore {
  return {
    find: (agentId, ticketId) =>
      database.query(async (db) => {
        const row = await db
          .selectFrom('reply_drafts')
          .select('draft')
          .where('agent_id', '=', agentId)
          .where('ticket_id', '=', ticketId)
          .executeTakeFirst();
        return row && replyDraftSchema.parse(row.draft);
      }),
    async save(agentId, ticketId, draft) {
      await database.query((db) =>
        sql`
          INSERT INTO reply_drafts (agent_id, ticket_id, draft)
          SELECT ${agentId}, id, ${storedJson(draft)}::jsonb FROM tickets WHERE id = ${ticketId}
          ON CONFLICT (agent_id, ticket_id) DO UPDATE SET draft = excluded.draft`.execute(db),
      );
    },
    async remove(agentId, ticketId) {
      await database.query((db) =>
        db.deleteFrom('reply_drafts').where('agent_id', '=', agentId).where('ticket_id', '=', ticketId).execute(),
      );
    },
  };
}
