/** Conversations, their messages and ratings, and visits. */
import type { Migration } from './migration.ts';

export const conversations: Migration = {
  number: 1,
  name: 'conversations',
  sql: `
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- Every language of PostgreSQL, with letters compared without their accents.
DO $$
DECLARE language name;
BEGIN
  FOR language IN SELECT cfgname FROM pg_ts_config WHERE cfgnamespace = 'pg_catalog'::regnamespace LOOP
    EXECUTE format('CREATE TEXT SEARCH CONFIGURATION %I (COPY = pg_catalog.%I)', 'firstword_' || language, language);
    EXECUTE format(
      'ALTER TEXT SEARCH CONFIGURATION %I ALTER MAPPING FOR hword, hword_part, word WITH unaccent, %s',
      'firstword_' || language,
      (SELECT string_agg(format('%s', m.mapdict::regdictionary), ', ' ORDER BY m.mapseqno)
         FROM pg_ts_config_map m JOIN pg_ts_config c ON c.oid = m.mapcfg
        WHERE c.cfgname = language AND c.cfgnamespace = 'pg_catalog'::regnamespace
          AND m.maptokentype = (SELECT tokid FROM ts_token_type('default') WHERE alias = 'word'))
    );
  END LOOP;
END $$;

CREATE TABLE conversations (
  id text COLLATE "C" PRIMARY KEY,
  site_id text NOT NULL,
  visitor_id text,
  locale text,
  region text,
  identified boolean,
  visitor_name text,
  visitor_email text,
  pre_chat jsonb,
  started_at timestamptz NOT NULL,
  last_at timestamptz NOT NULL,
  last_seq integer NOT NULL,
  first_line text,
  responder text,
  ticket_id text,
  resolution text,
  satisfaction smallint,
  satisfaction_comment text,
  ratings_up integer NOT NULL DEFAULT 0,
  ratings_down integer NOT NULL DEFAULT 0,
  erased_at timestamptz,
  names text NOT NULL GENERATED ALWAYS AS (
    lower(coalesce(visitor_name, '') || ' ' || coalesce(visitor_email, '') || ' ' || id || ' ' || coalesce(visitor_id, ''))
  ) STORED
);
CREATE INDEX conversations_by_site ON conversations (site_id, last_at DESC, id DESC) WHERE erased_at IS NULL;
CREATE INDEX conversations_by_time ON conversations (last_at DESC, id DESC) WHERE erased_at IS NULL;
CREATE INDEX conversations_by_visitor ON conversations (site_id, visitor_id);
CREATE INDEX conversations_by_names ON conversations USING gin (names gin_trgm_ops);
CREATE INDEX conversations_erased ON conversations (erased_at) WHERE erased_at IS NOT NULL;

CREATE TABLE messages (
  conversation_id text COLLATE "C" NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
  seq integer NOT NULL,
  site_id text NOT NULL,
  at timestamptz NOT NULL,
  sender text NOT NULL,
  text text NOT NULL,
  body jsonb NOT NULL,
  search tsvector NOT NULL,
  PRIMARY KEY (conversation_id, seq)
);
CREATE INDEX messages_by_words ON messages USING gin (search);
CREATE INDEX messages_by_time ON messages (at DESC, conversation_id DESC, seq DESC);

CREATE TABLE message_ratings (
  conversation_id text COLLATE "C" NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
  message_id text NOT NULL,
  value text NOT NULL,
  reason text,
  at timestamptz NOT NULL,
  PRIMARY KEY (conversation_id, message_id)
);

CREATE TABLE visits (
  conversation_id text COLLATE "C" NOT NULL,
  started_at timestamptz NOT NULL,
  site_id text NOT NULL,
  visitor_id text,
  band text NOT NULL,
  completed boolean NOT NULL,
  PRIMARY KEY (conversation_id, started_at)
);
CREATE INDEX visits_by_site ON visits (site_id, started_at);
CREATE INDEX visits_by_visitor ON visits (site_id, visitor_id, started_at);
`,
};
