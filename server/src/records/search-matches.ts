/** The words of a search as PostgreSQL compares them, and the messages that have them. */
import type { ConversationSummary, FoundText } from '@firstword/shared/conversation-records';
import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import { hasWords, messagesOf, pairPrefix } from './search-conditions.ts';
import { excerptOf } from './search-excerpt.ts';
import { PLAIN_CONFIGURATION, searchTerms } from './search-text.ts';
import type { Tables } from './tables.ts';

/** Around each word that PostgreSQL has found. Visitors don't write these characters of the private use area. */
const [MARK_START, MARK_END] = ['\uE000', '\uE001'];
const MARKED = new RegExp(`${MARK_START}([^${MARK_END}]*)${MARK_END}`, 'gu');
/** Longer texts are searched, but not marked beyond. */
const MARKED_TEXT_MAX = 20_000;

const queryRows = z.array(z.object({ configuration: z.string(), words: z.string() }));
const matchRows = z.array(z.object({ id: z.string(), seq: z.int(), text: z.string(), marked: z.string().nullable() }));

/** The first message of each conversation that has the words of `q`. */
export async function findMatches(
  db: Kysely<Tables>,
  q: string,
  conversations: readonly ConversationSummary[],
  configurationOf: (siteId: string) => string,
): Promise<ReadonlyMap<string, FoundText>> {
  const matches = new Map<string, FoundText>();
  const { words, pairs } = searchTerms(q);
  const configurations = [...new Set(conversations.map(({ siteId }) => configurationOf(siteId)))];
  const queries = await readingsOf(db, words, configurations);
  const searched = conversations.flatMap(({ id, siteId }) => {
    const configuration = configurationOf(siteId);
    const inWords = queries.get(configuration) ?? '';
    const query = [...(inWords === '' ? [] : [`(${inWords})`]), ...pairs.map(pairPrefix)].join(' & ');
    return query === '' ? [] : [{ id, configuration, inWords, query }];
  });
  if (searched.length === 0) return matches;
  const list = (name: keyof (typeof searched)[number]) => sql`${searched.map((each) => each[name])}::text[]`;
  const { rows } = await sql`
    SELECT page.id, first.seq, first.text,
           CASE WHEN page.words <> '' THEN
             ts_headline(page.configuration::regconfig, first.text, page.words::tsquery, ${`StartSel=${MARK_START}, StopSel=${MARK_END}, HighlightAll=true`})
           END AS marked
      FROM unnest(${list('id')}, ${list('configuration')}, ${list('inWords')}, ${list('query')}) AS page (id, configuration, words, query),
           LATERAL (SELECT seq, left(text, ${MARKED_TEXT_MAX}) AS text FROM ${messagesOf(sql.ref('page.id'))}
                     WHERE search @@ page.query::tsquery ORDER BY seq LIMIT 1) AS first`.execute(db);
  for (const { id, seq, text, marked } of matchRows.parse(rows)) {
    const found = [...(marked ?? '').matchAll(MARKED)].map(([, word = '']) => word);
    const excerpt = excerptOf(text, { words: [...new Set(found)], parts: pairs });
    if (excerpt !== undefined) matches.set(id, { seq, ...excerpt });
  }
  return matches;
}

/** The words as each configuration reads them, or as they were typed; empty where no message can have them. */
async function readingsOf(db: Kysely<Tables>, words: string, configurations: readonly string[]) {
  if (!hasWords(words)) return new Map<string, string>();
  const { rows } = await sql`
    SELECT name AS configuration,
           (websearch_to_tsquery(name::regconfig, ${words}) || websearch_to_tsquery(${PLAIN_CONFIGURATION}::regconfig, ${words}))::text AS words
      FROM unnest(${configurations}::text[]) AS name`.execute(db);
  return new Map(queryRows.parse(rows).map(({ configuration, words: query }) => [configuration, query]));
}
