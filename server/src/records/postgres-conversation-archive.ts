/** The archive in PostgreSQL. */
import { sql } from 'kysely';
import {
  countConversations,
  findConversation,
  listConversations,
  listInactive,
  readDetail,
  readMessages,
} from './archive-reader.ts';
import { readCompleteIds, readTail } from './archive-tail.ts';
import { eraseConversation, eraseConversations, writeChanges } from './archive-writer.ts';
import { combineWrites } from './combined-writes.ts';
import type { ConversationArchive } from './conversation-archive.ts';
import { countBriefly } from './count-rows.ts';
import type { Database } from './database.ts';
import { HITS_MAX, likePattern } from './search-conditions.ts';
import { searchMessages } from './search-messages.ts';
import { searchConfigurationOf } from './search-text.ts';

/** PostgreSQL allows 65,535 parameters in a statement; a message has ten. */
const CHANGES_PER_TRANSACTION = 1000;

/**
 * @param localeOf the language of a site, which decides how its messages are searched
 * @param hitsMax from this number of hits on, the newest are searched for in order of time
 */
export function createPostgresConversationArchive(
  database: Database,
  localeOf: (siteId: string) => string,
  hitsMax = HITS_MAX,
): ConversationArchive {
  const configurationOf = (siteId: string) => searchConfigurationOf(localeOf(siteId));
  return {
    // A commit costs as much as many rows.
    write: combineWrites(async (changes) => {
      for (let from = 0; from < changes.length; from += CHANGES_PER_TRANSACTION) {
        const some = changes.slice(from, from + CHANGES_PER_TRANSACTION);
        await database.transaction((db) => writeChanges(db, some, configurationOf));
        if (some.some(({ type }) => type === 'erased'))
          await database.transaction((db) => eraseConversations(db, some));
      }
    }),

    list: (filter) => database.query((db) => listConversations(db, filter, configurationOf, hitsMax)),
    count: (filter, max) =>
      countBriefly(database, (db) => countConversations(db, filter, max, configurationOf, hitsMax)),
    searchMessages: (query) =>
      database.query((db) => searchMessages(db, query, query.siteIds.map(configurationOf), hitsMax)),

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

    conversationsOf: ({ siteIds, visitorId, email }) =>
      database.query(async (db) => {
        const rows = await db
          .selectFrom('conversations')
          .select(['id', 'site_id', 'visitor_id'])
          .where('site_id', 'in', [...siteIds])
          .where('erased_at', 'is', null)
          .where((where) =>
            where.or([
              ...(visitorId === undefined ? [] : [where('visitor_id', '=', visitorId)]),
              // The names are indexed, and contain the address.
              ...(email === undefined
                ? []
                : [
                    where.and([
                      where('names', 'like', likePattern(email)),
                      where(sql`lower(visitor_email)`, '=', email.toLowerCase()),
                    ]),
                  ]),
            ]),
          )
          .execute();
        return rows.map(({ id, site_id, visitor_id }) => ({
          conversationId: id,
          siteId: site_id,
          visitorId: visitor_id ?? undefined,
        }));
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
