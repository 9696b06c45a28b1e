/** Versions of the settings that are made in the console: those of each site, and the endpoint. */
import type { Migration } from './migration.ts';

export const settingVersions: Migration = {
  number: 90,
  name: 'setting-versions',
  sql: `
CREATE TABLE setting_versions (
  name text COLLATE "C" NOT NULL,
  number integer NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  made_by text NOT NULL,
  value jsonb NOT NULL,
  PRIMARY KEY (name, number)
);
`,
};
