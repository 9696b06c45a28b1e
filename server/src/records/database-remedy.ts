/** Says why the database refuses us, and what the operator must change. */
import { hideSecrets, shownUrl } from '../lib/hide-secrets.ts';
import type { RecordsError } from './records-error.ts';

/** What the operator must change, by SQLSTATE. */
const REMEDIES: readonly (readonly [code: RegExp, remedy: string])[] = [
  [/^28/, 'Check the user and the password in DATABASE_URL'],
  [/^3D/, 'Create the database, or correct its name at the end of DATABASE_URL'],
  [
    /^42501/,
    'Grant its user CREATE on the database, or let an administrator create the extensions unaccent and pg_trgm there',
  ],
  [/^(?:58P01|0A000)/, 'Install the extensions unaccent and pg_trgm, which are part of postgresql-contrib'],
];

export function refusalText(url: string, error: RecordsError): string {
  const { cause } = error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const remedy = REMEDIES.find(([pattern]) => pattern.test(code))?.[1] ?? 'Correct DATABASE_URL';
  const reason = cause instanceof Error ? cause.message : error.message;
  return `DATABASE_URL: ${shownUrl(url)} refuses us: ${hideSecrets(reason)}. ${remedy}.`;
}
