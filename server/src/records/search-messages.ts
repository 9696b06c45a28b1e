/** Searches all messages by their words, the newest first. */
import type { FoundMessage } from '@firstword/shared/conversation-records';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { toMessage } from './archive-reader.ts';
import type { MessageQuery } from './conversation-archive.ts';
import { readCursor, toPage } from './page-cursor.ts';
import { expectedHits, siteCondition, wordsCondition } from './search-conditions.ts';
import type { Tables } from './tables.ts';

type Db = Kysely<Tables>;
type Condition = RawBuilder<boolean>;

/** How many of the newest messages are looked at first for a frequent word: enough for a page in all but a few cases. */
const FIRST_MESSAGES_MAX = 30_000;
const FIRST_MESSAGES_MIN = 1000;
const SPARE = 4;

const foundRows = z.array(
  z.object({ conversation_id: z.string(), site_id: z.string(), seq: z.int(), body: z.unknown(), hits: z.int() }),
);

const NEWEST_FIRST = sql`ORDER BY at DESC, conversation_id DESC, seq DESC`;

/** @param hitsMax from this number of hits on, they are searched for in order of time */
export async function searchMessages(db: Db, query: MessageQuery, configurations: readonly string[], hitsMax: number) {
  const { siteIds, q, limit, cursor } = query;
  const words = await wordsCondition(db, q, configurations);
  if (words === undefined || siteIds.length === 0) return { messages: [] };
  const ofSites = siteCondition(siteIds);
  const search = { words, ofSites, older: olderThan(cursor), limit: limit + 1 };
  const hits = await expectedHits(db, words, ofSites);
  const newest = hits <= hitsMax ? [] : await inOrder(db, search, await windowFor(db, hits, limit));
  const rows = newest.length > limit ? newest : ((await ofAllHits(db, search, hitsMax)) ?? (await inOrder(db, search)));
  const found = rows.map(
    (row): FoundMessage => ({ conversationId: row.conversation_id, siteId: row.site_id, message: toMessage(row) }),
  );
  const { page, ...next } = toPage(found, limit, ({ conversationId, message }) => [
    message.at,
    conversationId,
    message.seq,
  ]);
  return { messages: page, ...next };
}

/** Among how many of the newest messages a full page is expected for a word with this number of hits, with some to spare. */
async function windowFor(db: Db, hits: number, limit: number): Promise<number> {
  const { rows } = await sql`SELECT reltuples FROM pg_class WHERE oid = 'messages'::regclass`.execute(db);
  const messages = z.array(z.object({ reltuples: z.number() })).parse(rows)[0]?.reltuples ?? 0;
  const window = Math.ceil((SPARE * limit * messages) / hits);
  return Math.min(FIRST_MESSAGES_MAX, Math.max(FIRST_MESSAGES_MIN, window));
}

function olderThan(cursor: string | undefined): Condition {
  if (cursor === undefined) return sql<boolean>`true`;
  const [at, id, seq] = readCursor(cursor);
  return sql<boolean>`(at, conversation_id, seq) < (${new Date(at)}, ${id}, ${seq})`;
}

interface Search {
  readonly words: Condition;
  readonly ofSites: Condition;
  readonly older: Condition;
  readonly limit: number;
}

/** Looks at each message, the newest first, until the page is full: at all of them without `window`. */
async function inOrder(db: Db, { words, ofSites, older, limit }: Search, window?: number) {
  const { rows } = await sql`
    SELECT conversation_id, site_id, seq, body, 0 AS hits
      FROM (SELECT conversation_id, site_id, seq, at, body, search FROM messages
             WHERE ${older} ${NEWEST_FIRST} LIMIT ${window ?? null}) AS messages
     WHERE ${words} AND ${ofSites} ${NEWEST_FIRST} LIMIT ${limit}`.execute(db);
  return foundRows.parse(rows);
}

/** Finds all messages with the words and sorts them. Undefined where they are more than `hitsMax`. */
async function ofAllHits(db: Db, { words, ofSites, older, limit }: Search, hitsMax: number) {
  // Materialized, so that it is planned for all hits: for some, PostgreSQL would read a table in order that may have none.
  const { rows } = await sql`
    WITH hits AS MATERIALIZED
           (SELECT conversation_id, seq, at FROM messages WHERE ${words} AND ${ofSites} AND ${older}),
         counted AS MATERIALIZED (SELECT * FROM hits LIMIT ${hitsMax + 1}),
         page AS MATERIALIZED (SELECT * FROM counted ${NEWEST_FIRST} LIMIT ${limit})
    SELECT conversation_id, messages.site_id, seq, messages.body, (SELECT count(*)::int FROM counted) AS hits
      FROM page JOIN messages USING (conversation_id, seq)
     ORDER BY page.at DESC, conversation_id DESC, seq DESC`.execute(db);
  const found = foundRows.parse(rows);
  return (found[0]?.hits ?? 0) > hitsMax ? undefined : found;
}
