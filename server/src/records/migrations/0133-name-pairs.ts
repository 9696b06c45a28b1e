/** Finds conversations by one or two letters of a name, or by a name in a script without spaces. */
import type { Migration } from './migration.ts';

/** PostgreSQL has no trigrams of these, and read every conversation. */
export const namePairs: Migration = {
  number: 133,
  name: 'name-pairs',
  sql: `
CREATE FUNCTION firstword_pairs(words text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT array_agg(DISTINCT part)
    FROM generate_series(1, char_length(words)) AS at,
         LATERAL (VALUES (substr(words, at, 1)), (substr(words, at, 2))) AS parts (part)
$$;
CREATE INDEX conversations_by_name_pairs ON conversations USING gin (
  firstword_pairs(lower(coalesce(visitor_name, '') || ' ' || coalesce(visitor_email, '')))
) WHERE visitor_name IS NOT NULL OR visitor_email IS NOT NULL;
`,
};
