/** Gaps in PostgreSQL. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Database } from './database.ts';
import { GAP_QUESTIONS_SHOWN, type GapStore, pickGap } from './gap-store.ts';

/** Gaps that share a word with a question and are compared with it. */
const COMPARED_MAX = 500;

const questionsSchema = z.array(z.object({ id: z.string(), question: z.string(), at: z.number() }));

export function createPostgresGapStore(database: Database): GapStore {
  return {
    record: ({ siteId, conversationId, seq, question, words, at }) =>
      database.transaction(async (db) => {
        // One at a time for a site, so that two equal questions make one gap.
        await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`gaps ${siteId}`}, 0))`.execute(db);
        const known = await db
          .selectFrom('gap_questions')
          .select('gap_id')
          .where('conversation_id', '=', conversationId)
          .where('seq', '=', seq)
          .executeTakeFirst();
        if (known !== undefined) return;
        const own = [...new Set(words)];
        const near = await db
          .selectFrom('knowledge_gaps')
          .select(['id', 'words'])
          .where('site_id', '=', siteId)
          .where(own.length === 0 ? sql<boolean>`words = '{}'` : sql<boolean>`words && ${own}::text[]`)
          .orderBy('id')
          .limit(COMPARED_MAX)
          .execute();
        const gap = pickGap(near, own) ?? { id: randomUUID(), words: own };
        await db
          .insertInto('knowledge_gaps')
          .values({ id: gap.id, site_id: siteId, words: gap.words })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
        await db
          .insertInto('gap_questions')
          .values({ conversation_id: conversationId, seq, gap_id: gap.id, question, at: new Date(at) })
          .execute();
      }),
    list: (siteId, limit) =>
      database.query(async (db) => {
        const { rows } = await sql<{ id: string; count: number; last_at: Date; latest: unknown }>`
          SELECT g.id, count(*)::int AS count, max(q.at) AS last_at, (
            SELECT json_agg(l) FROM (
              SELECT conversation_id AS id, question, (extract(epoch FROM at) * 1000)::float8 AS at
              FROM gap_questions WHERE gap_id = g.id ORDER BY gap_questions.at DESC LIMIT ${GAP_QUESTIONS_SHOWN}
            ) l
          ) AS latest
          FROM knowledge_gaps g JOIN gap_questions q ON q.gap_id = g.id
          WHERE g.site_id = ${siteId}
          GROUP BY g.id ORDER BY count DESC, last_at DESC LIMIT ${limit}`.execute(db);
        return rows.map(({ id, count, last_at, latest }) => {
          const conversations = questionsSchema.parse(latest);
          return { id, question: conversations[0]?.question ?? '', count, lastAt: last_at.getTime(), conversations };
        });
      }),
    remove: (id, siteIds) =>
      database.query(async (db) => {
        const { numDeletedRows } = await db
          .deleteFrom('knowledge_gaps')
          .where('id', '=', id)
          .where(sql<boolean>`site_id = ANY(${siteIds}::text[])`)
          .executeTakeFirst();
        return numDeletedRows > 0n;
      }),
    async erase(conversationId) {
      await database.query((db) =>
        sql`
          WITH erased AS (DELETE FROM gap_questions WHERE conversation_id = ${conversationId} RETURNING gap_id)
          DELETE FROM knowledge_gaps g USING erased
          WHERE g.id = erased.gap_id AND NOT EXISTS (
            SELECT 1 FROM gap_questions q WHERE q.gap_id = g.id AND q.conversation_id <> ${conversationId}
          )`.execute(db),
      );
    },
  };
}
