/** Versions of each site's guidance for answers. */
import type { Migration } from './migration.ts';

export const guidance: Migration = {
  number: 52,
  name: 'guidance',
  sql: `
CREATE TABLE guidance_versions (
  site_id text COLLATE "C" NOT NULL,
  number integer NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  made_by text NOT NULL,
  guidance jsonb NOT NULL,
  PRIMARY KEY (site_id, number)
);
`,
};
