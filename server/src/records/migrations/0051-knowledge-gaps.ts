/** Questions that the articles do not cover, grouped by topic. */
import type { Migration } from './migration.ts';

export const knowledgeGaps: Migration = {
  number: 51,
  name: 'knowledge-gaps',
  sql: `
CREATE TABLE knowledge_gaps (
  id text COLLATE "C" PRIMARY KEY,
  site_id text NOT NULL,
  words text[] NOT NULL
);
CREATE INDEX knowledge_gaps_by_site ON knowledge_gaps (site_id);
CREATE INDEX knowledge_gaps_by_words ON knowledge_gaps USING gin (words);

CREATE TABLE gap_questions (
  conversation_id text COLLATE "C" NOT NULL,
  seq integer NOT NULL,
  gap_id text COLLATE "C" NOT NULL REFERENCES knowledge_gaps (id) ON DELETE CASCADE,
  question text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (conversation_id, seq)
);
CREATE INDEX gap_questions_by_gap ON gap_questions (gap_id, at DESC);
`,
};
