/** The conditions of a search, in a form that PostgreSQL estimates well: it must not walk a year of messages for a rare word. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { PLAIN_CONFIGURATION, searchTerms } from './search-text.ts';
import type { Tables } from './tables.ts';

type Db = Kysely<Tables>;
type Condition = RawBuilder<boolean>;

/** From this number of hits on the sites in question, the newest page is found faster by looking at each conversation, the newest first. */
export const HITS_MAX = 2000;
/** Looked at first where a word is frequent: they fill a page, and to find all of its hits takes many times longer. */
export const FIRST_CONVERSATIONS = 300;
export const FIRST_TICKETS = 300;

export interface TextFilter {
  /** Undefined for all. */
  readonly siteIds: readonly string[] | undefined;
  /** Text search configurations of these sites. */
  readonly configurations: readonly string[];
  readonly hitsMax: number;
}

/** Two conditions that the same rows meet. */
export interface TextConditions {
  /** Whether so few messages are expected to have the words that to find them all is faster than to look at the newest rows. */
  readonly few: boolean;
  /** For a few rows: PostgreSQL looks at each. */
  readonly each: Condition;
  /** For all rows. */
  all(): Promise<Condition>;
}

/** The messages that have one of the readings of the words, and all the pairs. Undefined: the text has none, so no message has them. */
export async function wordsCondition(
  db: Db,
  q: string,
  configurations: readonly string[],
): Promise<Condition | undefined> {
  const { words, pairs } = searchTerms(q);
  const queries = await wordQueries(db, words, configurations);
  const conditions = [
    ...(queries.length > 0 ? [sql`(${sql.join(queries, sql` || `)})`] : []),
    ...pairs.map((pair) => sql`${pairPrefix(pair)}::tsquery`),
  ];
  return conditions.length === 0 ? undefined : sql<boolean>`search @@ (${sql.join(conditions, sql` && `)})`;
}

/** Each once: PostgreSQL adds up its estimates, and would take a rare word that is the same in all languages for a frequent one. */
async function wordQueries(db: Db, words: string, configurations: readonly string[]) {
  if (!hasWords(words)) return [];
  const names = [...new Set([...configurations, PLAIN_CONFIGURATION])];
  const { rows } = await sql<{ query: string }>`
    SELECT DISTINCT websearch_to_tsquery(name::regconfig, ${words})::text AS query FROM unnest(${names}::text[]) AS name
  `.execute(db);
  return rows.filter(({ query }) => query !== '').map(({ query }) => sql`${query}::tsquery`);
}

export const hasWords = (text: string) => /[\p{L}\p{N}]/u.test(text);

/** A prefix: a single character matches every pair that it begins. */
export const pairPrefix = (pair: string) => `'${pair}':*`;

/**
 * Of conversations, or of tickets by their conversation: a part of a name, an address or an id, or words of their messages.
 */
export async function textConditions(
  db: Db,
  q: string,
  { siteIds, configurations, hitsMax }: TextFilter,
  of: 'conversations' | 'tickets' = 'conversations',
): Promise<TextConditions> {
  const ofSites = siteIds === undefined ? sql<boolean>`true` : siteCondition(siteIds);
  const id = sql.ref(of === 'conversations' ? 'conversations.id' : 'tickets.conversation_id');
  const named = namesCondition(q);
  const words = await wordsCondition(db, q, configurations);
  const isNamed = of === 'conversations' ? named : sql<boolean>`${id} IN (SELECT id FROM conversations WHERE ${named})`;
  // A scalar subquery, because PostgreSQL would collect all hits for EXISTS.
  const each =
    words === undefined
      ? isNamed
      : sql<boolean>`(${isNamed} OR (SELECT true FROM ${messagesOf(id)} WHERE ${words} LIMIT 1))`;
  const hits = words === undefined ? 0 : await expectedHits(db, words, ofSites);
  return {
    few: hits <= hitsMax,
    each,
    async all() {
      const [byName, byWords] = await Promise.all([
        db.selectFrom('conversations').select('id').where(named).where(ofSites).limit(hitsMax).execute(),
        words === undefined ? [] : firstHits(db, words, ofSites, hitsMax),
      ]);
      if (byName.length >= hitsMax || byWords.length >= hitsMax) return each;
      const ids = new Set([...byName, ...byWords].map(({ id: found }) => found));
      return sql<boolean>`${id} = ANY(${[...ids]}::text[])`;
    },
  };
}

/**
 * A part of a name, an address or an id. Ids have only ASCII characters, so a part with others, or with less than the three
 * letters that the index of `names` needs, is one of a name or an address. `names` also has capitals beyond ASCII as they are.
 */
function namesCondition(q: string): Condition {
  if (/[a-z0-9]{3}/i.test(q) && !/[^\p{ASCII}]/u.test(q)) return sql<boolean>`names LIKE ${likePattern(q)}`;
  const characters = [...q.toLowerCase()];
  const pairs = characters.slice(0, -1).map((character, index) => `${character}${characters[index + 1]}`);
  // The expression and the condition of the index `conversations_by_name_pairs`, as they stand there.
  const name = sql`lower(coalesce(visitor_name, '') || ' ' || coalesce(visitor_email, ''))`;
  return sql<boolean>`((visitor_name IS NOT NULL OR visitor_email IS NOT NULL) AND ${name} LIKE ${likePattern(q)}
    AND firstword_pairs(${name}) @> ${pairs.length === 0 ? characters : pairs}::text[])`;
}

/**
 * The messages of one conversation. With OFFSET, because PostgreSQL would look for the words in their index, again for each
 * conversation, which takes many times longer than to read its messages.
 */
export const messagesOf = (id: RawBuilder<unknown>) =>
  sql`(SELECT seq, text, search FROM messages WHERE conversation_id = ${id} OFFSET 0) AS messages`;

const planRows = z.array(
  z.object({ 'QUERY PLAN': z.tuple([z.object({ Plan: z.object({ 'Plan Rows': z.number() }) })]) }),
);

/** How many messages PostgreSQL expects to have these words, from its statistics of frequent ones. It reads no message for that. */
export async function expectedHits(db: Db, words: Condition, ofSites: Condition): Promise<number> {
  const { rows } = await sql`
    EXPLAIN (FORMAT JSON) SELECT FROM messages WHERE ${words} AND ${ofSites}`.execute(db);
  return planRows.parse(rows)[0]?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0;
}

/** The conversations of the messages with these words, of as many as `limit`. */
export async function firstHits(
  db: Db,
  words: Condition,
  ofSites: Condition,
  limit: number,
): Promise<readonly { id: string }[]> {
  // Materialized, so that it is planned for all hits: for some, PostgreSQL would read a table in order that may have none.
  const { rows } = await sql<{ id: string }>`
    WITH hits AS MATERIALIZED (SELECT conversation_id AS id FROM messages WHERE ${words} AND ${ofSites})
    SELECT id FROM hits LIMIT ${limit}`.execute(db);
  return rows;
}

export const siteCondition = (siteIds: readonly string[]) => sql<boolean>`site_id = ANY(${[...siteIds]}::text[])`;

export const likePattern = (q: string) => `%${q.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
