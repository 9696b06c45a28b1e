/** The words of analyses, for search. */
import type { Migration } from './migration.ts';

export const analysisSearch: Migration = {
  number: 82,
  name: 'analysis-search',
  sql: `
CREATE INDEX ticket_runs_by_words ON ticket_runs USING gin (
  to_tsvector(
    'firstword_simple'::regconfig,
    coalesce(run #>> '{run,content,reading,summary}', '') || ' ' || coalesce(run #>> '{run,content,reading,visitorGoal}', '')
  )
);
`,
};
