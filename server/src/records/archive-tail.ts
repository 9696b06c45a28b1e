/** Reads what a conversation needs to leave Redis and to come back: the ids of its messages, its end, and its ratings. */
import type { ConversationTail } from '@firstword/shared/conversation-records';
import type { Rating } from '@firstword/shared/feed-event';
import { SPEAKERS } from '@firstword/shared/wire';
import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import { readMessages } from './archive-reader.ts';
import type { Tables } from './tables.ts';

type Db = Kysely<Tables>;

export async function readCompleteIds(
  db: Db,
  conversationIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (conversationIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('messages')
    .select(['conversation_id', sql<string[]>`array_agg(body->>'id' ORDER BY seq)`.as('ids')])
    .where('conversation_id', 'in', conversationIds)
    .groupBy('conversation_id')
    .having(sql<boolean>`min(seq) = 1 AND max(seq) = count(*)`)
    .execute();
  return new Map(rows.map(({ conversation_id, ids }) => [conversation_id, ids]));
}

const ratingValue = z.enum(['up', 'down']);
const senderSchema = z.enum(SPEAKERS);

export async function readTail(db: Db, conversationId: string, limit: number): Promise<ConversationTail> {
  const [messages, rated, conversation] = await Promise.all([
    readMessages(db, conversationId, { limit }),
    db.selectFrom('message_ratings').selectAll().where('conversation_id', '=', conversationId).execute(),
    db
      .selectFrom('conversations')
      .select(['satisfaction', 'satisfaction_comment'])
      .where('id', '=', conversationId)
      .executeTakeFirst(),
  ]);
  const first = messages[0]?.seq ?? 1;
  const earlier =
    first === 1
      ? []
      : await db
          .selectFrom('messages')
          .select(['seq', 'sender', 'text', sql<string>`body->>'id'`.as('id')])
          .where('conversation_id', '=', conversationId)
          .where('seq', '<', first)
          .orderBy('seq')
          .execute();
  const ofMessages = rated.map(
    ({ message_id: messageId, value, reason }): Rating => ({
      ...{ of: 'message', messageId, value: ratingValue.parse(value) },
      ...(reason === null ? {} : { reason }),
    }),
  );
  const { satisfaction: score = null, satisfaction_comment: comment } = conversation ?? {};
  const ofAll: Rating[] = score === null ? [] : [{ of: 'conversation', score, ...(comment ? { comment } : {}) }];
  return {
    messages,
    earlier: earlier.map(({ sender, ...message }) => ({ ...message, from: senderSchema.parse(sender) })),
    ratings: [...ofMessages, ...ofAll],
  };
}
