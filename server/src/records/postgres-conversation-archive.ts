/** The archive in PostgreSQL. */
import { VISIT_BANDS } from '@firstword/shared/reports';
import { sql } from 'kysely';
import { z } from 'zod';
import {
  findConversation,
  listConversations,
  listInactive,
  readDetail,
  readMessages,
  searchMessages,
} from './archive-reader.ts';
import { readCompleteIds, readTail } from './archive-tail.ts';
import { eraseConversation, eraseConversations, writeChanges } from './archive-writer.ts';
import { type ConversationArchive, RETURN_MS } from './conversation-archive.ts';
import type { Database } from './database.ts';
import { searchConfigurationOf } from './search-text.ts';
import { completionOf } from './visit-completion.ts';

/** PostgreSQL allows 65,535 parameters in a statement; a message has ten. */
const CHANGES_PER_TRANSACTION = 1000;

const completionRows = z.array(
  z.object({ band: z.enum(VISIT_BANDS), visits: z.number(), completed: z.number(), returned: z.number() }),
);

/** @param localeOf the language of a site, which decides how its messages are searched */
export function createPostgresConversationArchive(
  database: Database,
  localeOf: (siteId: string) => string,
): ConversationArchive {
  const configurationOf = (siteId: string) => searchConfigurationOf(localeOf(siteId));
  return {
    async write(changes) {
      for (let from = 0; from < changes.length; from += CHANGES_PER_TRANSACTION) {
        const some = changes.slice(from, from + CHANGES_PER_TRANSACTION);
        await database.transaction((db) => writeChanges(db, some, configurationOf));
        if (some.some(({ type }) => type === 'erased'))
          await database.transaction((db) => eraseConversations(db, some));
      }
    },

    async recordVisits(visits) {
      if (visits.length === 0) return;
      await database.query((db) =>
        db
          .insertInto('visits')
          .values(
            visits.map(({ conversationId, startedAt, siteId, visitorId, band, completed }) => ({
              conversation_id: conversationId,
              started_at: new Date(startedAt),
              site_id: siteId,
              visitor_id: visitorId ?? null,
              band,
              completed,
            })),
          )
          .onConflict((conflict) => conflict.columns(['conversation_id', 'started_at']).doNothing())
          .execute(),
      );
    },

    list: (filter) => database.query((db) => listConversations(db, filter, filter.siteIds.map(configurationOf))),
    searchMessages: (query) => database.query((db) => searchMessages(db, query, query.siteIds.map(configurationOf))),

    find: (id, siteIds, { before, limit }) =>
      database.query(async (db) => {
        const row = await findConversation(db, id, siteIds);
        if (row === undefined) return undefined;
        const [detail, messages] = await Promise.all([
          readDetail(db, row),
          readMessages(db, id, { before, limit: limit + 1 }),
        ]);
        return { ...detail, messages: messages.slice(-limit), earlier: messages.length > limit };
      }),
    readAfter: (id, after, limit) => database.query((db) => readMessages(db, id, { after, limit })),
    readBefore: (id, before, limit) => database.query((db) => readMessages(db, id, { before, limit })),

    completeIds: (ids) => database.query((db) => readCompleteIds(db, ids)),
    readTail: (id, limit) => database.query((db) => readTail(db, id, limit)),

    completion: (siteId, from, to) =>
      database.query(async (db) => {
        const { rows } = await sql`
          SELECT band, count(*)::int AS visits, count(*) FILTER (WHERE completed)::int AS completed,
                 count(*) FILTER (WHERE EXISTS (
                   SELECT 1 FROM visits AS later
                    WHERE later.site_id = visits.site_id AND later.visitor_id = visits.visitor_id
                      AND later.started_at > visits.started_at
                      AND later.started_at <= visits.started_at + ${RETURN_MS / 1000} * interval '1 second'))::int AS returned
            FROM visits
           WHERE site_id = ${siteId} AND started_at >= ${new Date(from)} AND started_at < ${new Date(to)}
           GROUP BY band`.execute(db);
        const counted = new Map(completionRows.parse(rows).map((row) => [row.band, row]));
        return completionOf(
          VISIT_BANDS.map((band) => counted.get(band) ?? { band, visits: 0, completed: 0, returned: 0 }),
        );
      }),

    async *exportVisitor(siteId, visitorId) {
      const rows = await database.query((db) =>
        db
          .selectFrom('conversations')
          .selectAll()
          .where('site_id', '=', siteId)
          .where('visitor_id', '=', visitorId)
          .where('erased_at', 'is', null)
          .orderBy('started_at')
          .execute(),
      );
      for (const row of rows)
        yield await database.query(async (db) => ({
          detail: await readDetail(db, row),
          messages: await readMessages(db, row.id, {}),
        }));
    },

    eraseVisitor: (siteId, visitorId, at) =>
      database.transaction(async (db) => {
        const rows = await db
          .selectFrom('conversations')
          .select('id')
          .where('site_id', '=', siteId)
          .where('visitor_id', '=', visitorId)
          .where('erased_at', 'is', null)
          .orderBy('id')
          .execute();
        for (const { id } of rows) await eraseConversation(db, id, siteId, at);
        await db
          .updateTable('visits')
          .set({ visitor_id: null })
          .where('site_id', '=', siteId)
          .where('visitor_id', '=', visitorId)
          .execute();
        return rows.map(({ id }) => id);
      }),

    listInactive: (siteId, before, page) => database.query((db) => listInactive(db, siteId, before, page)),

    forgetErased: (before) =>
      database.query(async (db) => {
        await db.deleteFrom('conversations').where('erased_at', '<', new Date(before)).execute();
      }),
  };
}
