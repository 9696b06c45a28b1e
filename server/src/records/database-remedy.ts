/** Says what the operator must change when PostgreSQL refuses us or can't store anything. */
import { hideSecrets, shownUrl } from '../lib/hide-secrets.ts';
import type { RecordsError } from './records-error.ts';

/** The first that fits the SQLSTATE or code of the system, or the message where there is none. */
const REMEDIES: readonly (readonly [pattern: RegExp, remedy: string])[] = [
  [/no encryption/, 'PostgreSQL requires TLS: add ?sslmode=verify-full to DATABASE_URL'],
  [/does not support SSL/, 'Turn on TLS in PostgreSQL, or remove sslmode from DATABASE_URL'],
  [
    /certificate|CERT_|_SIGNATURE\b|ERR_TLS|ERR_SSL/i,
    'Check the certificate of PostgreSQL. For a private authority set NODE_EXTRA_CA_CERTS',
  ],
  [
    /unsupported startup parameter/,
    'Set ignore_startup_parameters = options,statement_timeout,idle_in_transaction_session_timeout in PgBouncer',
  ],
  [/^28|SASL/, 'Check the user and the password in DATABASE_URL'],
  [/^3D/, 'Create the database, or correct its name at the end of DATABASE_URL'],
  [
    /^42501 .*(?:extension|schema|database)/,
    'Grant its user CREATE on the database, or let an administrator create the extensions unaccent and pg_trgm there',
  ],
  [/^42501/, 'Make the user in DATABASE_URL the owner of the tables'],
  [/^(?:42P01|42703|3F)/, 'Tables are missing: restore the backup, or restart to create them'],
  [/^(?:58P01|0A000)/, 'Install the extensions unaccent and pg_trgm, which are part of postgresql-contrib'],
  [
    /^(?:53300|08P01 .*(?:max_client_conn|no more connections))/,
    'Raise max_connections (of a role: CONNECTION LIMIT) of PostgreSQL, or run fewer processes: each opens up to 10 connections',
  ],
  [/^53100/, 'Free disk space for PostgreSQL'],
  [/^53200/, 'Give PostgreSQL more memory, or lower its work_mem and max_connections'],
  [/^25006/, 'Point DATABASE_URL at the primary, or turn default_transaction_read_only off'],
  [/^(?:57014|55P03)/, 'Look in pg_stat_activity and pg_locks for what holds the tables, such as VACUUM FULL'],
  [/^XX00[12]/, 'PostgreSQL’s files are damaged: restore the backup, or rebuild the index that its log names'],
  [
    /ENOTFOUND|EAI_AGAIN/,
    'Check the host in DATABASE_URL for a typing error, and that the DNS of this server knows it',
  ],
  [
    /ECONNREFUSED|ENOENT/,
    'Start PostgreSQL, or correct DATABASE_URL. In a container, localhost is the container itself',
  ],
];

/** Undefined where time alone may help. */
export function remedyOf(error: RecordsError): string | undefined {
  const { cause } = error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const text = `${code} ${reasonOf(error)}`.trimStart();
  return REMEDIES.find(([pattern]) => pattern.test(text))?.[1];
}

export function refusalText(url: string, error: RecordsError): string {
  const remedy = remedyOf(error) ?? 'Correct DATABASE_URL';
  return `DATABASE_URL: ${shownUrl(url)} refuses us: ${hideSecrets(reasonOf(error))}. ${remedy}.`;
}

/** As PostgreSQL says it. */
function reasonOf({ cause, message }: RecordsError): string {
  return cause instanceof Error && cause.message !== '' ? cause.message : message;
}
