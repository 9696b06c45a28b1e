/** The conditions of a search, in a form that PostgreSQL estimates well: it must not walk a year of messages for a rare word. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { PLAIN_CONFIGURATION, searchTerms } from './search-text.ts';
import type { Tables } from './tables.ts';

type Db = Kysely<Tables>;
type Condition = RawBuilder<boolean>;

/** From this number of hits on the sites in question, the newest page is found faster by looking at each conversation, the newest first. */
const HITS_MAX = 2000;

/** Of messages. Undefined: the text has no words, so no message has them. */
export async function wordsCondition(
  db: Db,
  q: string,
  configurations: readonly string[],
): Promise<Condition | undefined> {
  const { words, pairs } = searchTerms(q);
  return conditionOf(await wordQueries(db, words, configurations), pairs);
}

/** The messages that have one of the readings of the words, and all the pairs. */
export function conditionOf(queries: readonly RawBuilder<unknown>[], pairs: readonly string[]): Condition | undefined {
  const conditions = [
    ...(queries.length > 0 ? [sql`(${sql.join(queries, sql` || `)})`] : []),
    // A prefix: a single character matches every pair that it begins.
    ...pairs.map((pair) => sql`${`'${pair}':*`}::tsquery`),
  ];
  return conditions.length === 0 ? undefined : sql<boolean>`search @@ (${sql.join(conditions, sql` && `)})`;
}

/** Each once: PostgreSQL adds up its estimates, and would take a rare word that is the same in all languages for a frequent one. */
export async function wordQueries(db: Db, words: string, configurations: readonly string[]) {
  if (!/[\p{L}\p{N}]/u.test(words)) return [];
  const names = [...new Set([...configurations, PLAIN_CONFIGURATION])];
  const { rows } = await sql<{ query: string }>`
    SELECT DISTINCT websearch_to_tsquery(name::regconfig, ${words})::text AS query FROM unnest(${names}::text[]) AS name
  `.execute(db);
  return rows.filter(({ query }) => query !== '').map(({ query }) => sql`${query}::tsquery`);
}

/**
 * Of conversations, or of tickets by their conversation: a part of a name, an address or an id, or words of their messages.
 */
export async function textCondition(
  db: Db,
  q: string,
  siteIds: readonly string[] | undefined,
  configurations: readonly string[],
  of: 'conversations' | 'tickets' = 'conversations',
): Promise<Condition> {
  const ofSites = siteIds === undefined ? sql<boolean>`true` : sql<boolean>`site_id = ANY(${[...siteIds]}::text[])`;
  const id = sql.ref(of === 'conversations' ? 'conversations.id' : 'tickets.conversation_id');
  const named = sql<boolean>`names LIKE ${likePattern(q)}`;
  const words = await wordsCondition(db, q, configurations);
  const [byName, byWords] = await Promise.all([
    db.selectFrom('conversations').select('id').where(named).where(ofSites).limit(HITS_MAX).execute(),
    words === undefined
      ? []
      : db.selectFrom('messages').select('conversation_id as id').where(words).where(ofSites).limit(HITS_MAX).execute(),
  ]);
  if (byName.length < HITS_MAX && byWords.length < HITS_MAX) {
    const ids = new Set([...byName, ...byWords].map(({ id: found }) => found));
    return sql<boolean>`${id} = ANY(${[...ids]}::text[])`;
  }
  const isNamed = of === 'conversations' ? named : sql<boolean>`${id} IN (SELECT id FROM conversations WHERE ${named})`;
  if (words === undefined) return isNamed;
  // A scalar subquery, because PostgreSQL would collect all hits for EXISTS.
  return sql<boolean>`(${isNamed} OR (SELECT true FROM messages WHERE conversation_id = ${id} AND ${words} LIMIT 1))`;
}

export const likePattern = (q: string) => `%${q.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
