/** Checks PostgreSQL: reachable, new enough, and with the extensions that search needs. */
import { sql } from 'kysely';
import { z } from 'zod';
import { hideSecrets, shownUrl } from '../../lib/hide-secrets.ts';
import { createLog } from '../../lib/log.ts';
import { createDatabase } from '../../records/database.ts';
import type { Finding } from './report.ts';

const EXTENSIONS = ['pg_trgm', 'unaccent'];
/** As `server_version_num` writes it. */
const OLDEST = 140_000;

const REMEDIES: readonly (readonly [RegExp, string])[] = [
  [/password|authentication|role .* does not exist/i, 'Check the user and the password in DATABASE_URL.'],
  [/database .* does not exist/i, 'Create the database, or correct its name at the end of DATABASE_URL.'],
  [
    /ENOTFOUND|EAI_AGAIN/,
    'Check the host in DATABASE_URL for a typing error, and that the DNS of this server knows it.',
  ],
  [
    /ECONNREFUSED|ENOENT/,
    'Start PostgreSQL, or correct DATABASE_URL. In a container, localhost is the container itself.',
  ],
  [/certificate|SSL|TLS/i, 'Check the certificate of PostgreSQL. For a private authority set NODE_EXTRA_CA_CERTS.'],
];

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
    const fix =
      REMEDIES.find(([pattern]) => pattern.test(reason))?.[1] ?? 'Check DATABASE_URL, and the log of PostgreSQL.';
    return [{ ...about, level: 'fault', found: reason, fix }];
  } finally {
    await database.close();
  }
}
