/** The words of a search as PostgreSQL compares them, and the messages that have them. */
import type { ConversationSummary, FoundText } from '@firstword/shared/conversation-records';
import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import { conditionOf, wordQueries } from './search-conditions.ts';
import { excerptOf } from './search-excerpt.ts';
import { searchTerms } from './search-text.ts';
import type { Tables } from './tables.ts';

/** Around each word that PostgreSQL has found. Visitors don't write these characters of the private use area. */
const [MARK_START, MARK_END] = ['\uE000', '\uE001'];
const MARKED = new RegExp(`${MARK_START}([^${MARK_END}]*)${MARK_END}`, 'gu');
/** Longer texts are searched, but not marked beyond. */
const MARKED_TEXT_MAX = 20_000;

const matchRows = z.array(
  z.object({ conversation_id: z.string(), seq: z.int(), text: z.string(), marked: z.string().nullable() }),
);

/** The first message of each conversation that has the words of `q`. */
export async function findMatches(
  db: Kysely<Tables>,
  q: string,
  conversations: readonly ConversationSummary[],
  configurationOf: (siteId: string) => string,
): Promise<ReadonlyMap<string, FoundText>> {
  const matches = new Map<string, FoundText>();
  const { words, pairs } = searchTerms(q);
  for (const configuration of new Set(conversations.map(({ siteId }) => configurationOf(siteId)))) {
    const ids = conversations.filter(({ siteId }) => configurationOf(siteId) === configuration).map(({ id }) => id);
    const queries = await wordQueries(db, words, [configuration]);
    const condition = conditionOf(queries, pairs);
    if (condition === undefined) break;
    const { rows } = await sql`
      SELECT conversation_id, seq, text, ${
        queries.length > 0
          ? sql`ts_headline(${configuration}::regconfig, text, ${sql.join(queries, sql` || `)}, ${`StartSel=${MARK_START}, StopSel=${MARK_END}, HighlightAll=true`})`
          : sql`NULL`
      } AS marked
        FROM (SELECT DISTINCT ON (conversation_id) conversation_id, seq, left(text, ${MARKED_TEXT_MAX}) AS text
                FROM messages WHERE conversation_id = ANY(${ids}) AND ${condition}
               ORDER BY conversation_id, seq) AS first`.execute(db);
    for (const { conversation_id, seq, text, marked } of matchRows.parse(rows)) {
      const found = [...(marked ?? '').matchAll(MARKED)].map(([, word = '']) => word);
      const excerpt = excerptOf(text, { words: [...new Set(found)], parts: pairs });
      if (excerpt !== undefined) matches.set(conversation_id, { seq, ...excerpt });
    }
  }
  return matches;
}
