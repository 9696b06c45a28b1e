/** A query that the database did not answer. `code` is for programs, the message for the log. */

/**
 * `unavailable`: it is away, too slow or at its limits, so a later attempt may succeed. `refused`: it does not accept our
 * user, database, tables or extensions, until the operator changes that.
 */
export type RecordsFault = 'unavailable' | 'refused';

export class RecordsError extends Error {
  override readonly name = 'RecordsError';
  readonly code: RecordsFault;
  constructor(code: RecordsFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

const READ_ONLY = '25006';
/**
 * Classes of SQLSTATE: connection, resources, intervention of the operator, system, a lost race for locks; read-only, a
 * transaction that paused for too long or took too long, damaged files.
 */
const UNAVAILABLE = /^(?:08|53|57|58|40|55P03|25006|25P03|25P04|XX001|XX002)/;
/** Wrong user or password, no such database, missing privilege, extension, table or column, too old a version. */
const REFUSED = /^(?:28|3D|3F|42501|42P01|42703|0A000|58P01|22023)/;
/** Of sockets and DNS. */
const SYSTEM_CODE = /^E[A-Z]+(?:_[A-Z]+)?$/;
/** Of `pg` itself, which sets no code. */
const CONNECTION_MESSAGE =
  /connection terminated|timeout exceeded when trying to connect|query read timeout|not queryable/i;

/** Undefined for other errors, such as a mistake in a query. */
export function faultOf(error: unknown): RecordsFault | undefined {
  if (error instanceof RecordsError) return error.code;
  if (!(error instanceof Error)) return undefined;
  const code = 'code' in error ? String(error.code) : '';
  if (REFUSED.test(code)) return 'refused';
  const away = UNAVAILABLE.test(code) || SYSTEM_CODE.test(code) || CONNECTION_MESSAGE.test(error.message);
  return away ? 'unavailable' : undefined;
}

/** The same error, as a `RecordsError` where the database did not answer. */
export function asRecordsError(error: unknown): unknown {
  const code = faultOf(error);
  return code === undefined ? error : recordsError(code, error);
}

/** Whatever prevents a connection, such as a certificate that has expired, says nothing about what was to be stored. */
export function asConnectionFault(error: unknown): RecordsError {
  return recordsError(faultOf(error) ?? 'refused', error);
}

/** Every connection of the pool is in use: the server answers, and the query has waited for others. */
export function isPoolBusy(error: unknown): boolean {
  return error instanceof RecordsError && /timeout exceeded when trying to connect/.test(error.message);
}

/** On a standby, a former primary, or by its settings. */
export function isReadOnly(error: unknown): boolean {
  const cause = error instanceof RecordsError ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause && cause.code === READ_ONLY;
}

function recordsError(code: RecordsFault, error: unknown): RecordsError {
  if (error instanceof RecordsError) return error;
  // Several addresses of one host failed: the message is empty.
  const reason = error instanceof AggregateError ? error.errors.map(String).join('; ') : String(error);
  return new RecordsError(code, `The database did not answer: ${reason}`, { cause: error });
}
