/** Conditions of searches: words of messages, and parts of names, e-mail addresses and ids. */
import { type RawBuilder, sql } from 'kysely';
import { PLAIN_CONFIGURATION, searchTerms } from './search-text.ts';

/** A query of the ids of the conversations that a text finds. @param configurations text search configurations of the sites */
export function conversationsMatching(q: string, configurations: readonly string[]): RawBuilder<unknown> {
  const condition = wordsCondition(q, configurations);
  const byWords = condition === undefined ? sql`` : sql`UNION SELECT conversation_id FROM messages WHERE ${condition}`;
  return sql`SELECT id FROM conversations WHERE names LIKE ${likePattern(q)} ${byWords}`;
}

/** Undefined: the text has no words, so no message has them. */
export function wordsCondition(q: string, configurations: readonly string[]): RawBuilder<boolean> | undefined {
  const { words, pairs } = searchTerms(q);
  const hasWords = /[\p{L}\p{N}]/u.test(words);
  const queries = [...new Set([...configurations, PLAIN_CONFIGURATION])].map(
    (configuration) => sql`websearch_to_tsquery(${configuration}::regconfig, ${words})`,
  );
  const conditions = [
    ...(hasWords ? [sql`(${sql.join(queries, sql` || `)})`] : []),
    // A prefix: a single character matches every pair that it begins.
    ...pairs.map((pair) => sql`${`'${pair}':*`}::tsquery`),
  ];
  return conditions.length === 0 ? undefined : sql<boolean>`search @@ (${sql.join(conditions, sql` && `)})`;
}

export const likePattern = (q: string) => `%${q.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
