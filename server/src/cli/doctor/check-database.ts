/** Checks PostgreSQL: reachable, new enough, and with the extensions that search needs. */
import { sql } from 'kysely';
import { z } from 'zod';
import { hideSecrets, shownUrl } from '../../lib/hide-secrets.ts';
import { createLog } from '../../lib/log.ts';
import { createDatabase } from '../../records/database.ts';
import { remedyOf } from '../../records/database-remedy.ts';
import { RecordsError } from '../../records/records-error.ts';
import type { Finding } from './report.ts';

const EXTENSIONS = ['pg_trgm', 'unaccent'];
/** As `server_version_num` writes it. */
const OLDEST = 140_000;

const answerSchema = z.array(
  z.object({ version: z.string(), number: z.coerce.number(), extensions: z.array(z.string()) }),
);

/** Never rejects. */
export async function checkDatabase(address: string): Promise<Finding[]> {
  const about = { area: 'database', subject: 'connection', asked: shownUrl(address) } as const;
  const database = createDatabase(address, createLog('silent'));
  try {
    const { rows } = await database.query((db) =>
      sql`SELECT current_setting('server_version') AS version, current_setting('server_version_num') AS number,
                 ARRAY(SELECT name::text FROM pg_available_extensions WHERE name = ANY(${EXTENSIONS})) AS extensions`.execute(
        db,
      ),
    );
    const [answer] = answerSchema.parse(rows);
    const found = `answers, PostgreSQL ${answer?.version}`;
    if (answer === undefined || answer.number < OLDEST)
      return [{ ...about, level: 'fault', found, fix: 'Use PostgreSQL 14 or later.' }];
    const missing = EXTENSIONS.filter((name) => !answer.extensions.includes(name));
    return missing.length === 0
      ? [{ ...about, level: 'ok', found }]
      : [
          {
            ...about,
            level: 'fault',
            found: `has no ${missing.join(' and no ')}`,
            fix: 'Install the extensions, which are part of postgresql-contrib.',
          },
        ];
  } catch (error) {
    const reason = hideSecrets(error instanceof Error ? error.message : String(error));
    const remedy = error instanceof RecordsError ? remedyOf(error) : undefined;
    return [
      { ...about, level: 'fault', found: reason, fix: `${remedy ?? 'Check DATABASE_URL, and the log of PostgreSQL'}.` },
    ];
  } finally {
    await database.close();
  }
}
