import { expect, test } from 'vitest';
import { remedyOf } from './database-remedy.ts';
import { asConnectionFault, asRecordsError, RecordsError } from './records-error.ts';

const fault = (code: string, message: string) => Object.assign(new Error(message), { code });

test.each([
  ['53300', 'too many connections for role "app"'],
  ['53100', 'could not extend file: No space left on device'],
  ['25006', 'cannot execute INSERT in a read-only transaction'],
  ['25P03', 'terminating connection due to idle-in-transaction timeout'],
  ['40001', 'could not serialize access due to concurrent update'],
  ['40P01', 'deadlock detected'],
  ['55P03', 'canceling statement due to lock timeout'],
  ['57014', 'canceling statement due to statement timeout'],
  ['57P01', 'terminating connection due to administrator command'],
  ['57P03', 'the database system is starting up'],
  ['XX001', 'invalid page in block 3 of relation base/5/16384'],
  ['ECONNRESET', 'read ECONNRESET'],
])('%s (%s) may pass, so what was to be stored is tried again', (code, message) => {
  expect(asRecordsError(fault(code, message))).toMatchObject({ name: 'RecordsError', code: 'unavailable' });
});

test.each([
  ['28P01', 'password authentication failed for user "app"', /the user and the password/],
  ['28000', 'no pg_hba.conf entry for host "10.0.0.5", user "app", no encryption', /sslmode=verify-full/],
  ['3D000', 'database "app" does not exist', /Create the database/],
  ['42501', 'permission denied for table messages', /owner of the tables/],
  ['42501', 'permission denied to create extension "unaccent"', /Grant its user CREATE/],
  ['42501', 'permission denied for schema public', /Grant its user CREATE/],
  ['42P01', 'relation "messages" does not exist', /restore the backup/],
  ['42703', 'column "region" does not exist', /restore the backup/],
])('%s (%s) is refused until the operator changes it, which the remedy says', (code, message, remedy) => {
  const error = asRecordsError(fault(code, message));
  expect(error).toMatchObject({ name: 'RecordsError', code: 'refused' });
  expect(error instanceof RecordsError && remedyOf(error)).toMatch(remedy);
});

test.each([
  ['CERT_HAS_EXPIRED', 'certificate has expired', /Check the certificate/],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'unable to verify the first certificate', /Check the certificate/],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'Host: db. is not in the cert’s altnames', /Check the certificate/],
  ['', 'The server does not support SSL connections', /Turn on TLS/],
  ['', 'SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string', /the user and the password/],
  ['08P01', 'unsupported startup parameter: statement_timeout', /ignore_startup_parameters/],
])('a connection that fails with %s (%s) never counts against what was to be stored', (code, message, remedy) => {
  const error = asConnectionFault(fault(code, message));
  expect(error.name).toBe('RecordsError');
  expect(remedyOf(error)).toMatch(remedy);
});

test('a mistake in a query is no fault of the database', () => {
  const mistake = fault('42883', 'function no_such_function() does not exist');
  expect(asRecordsError(mistake)).toBe(mistake);
});
