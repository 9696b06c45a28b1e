/** A query that the database did not answer. `code` is for programs, the message for the log. */

/**
 * `unavailable`: it is away, too slow or at its limits, so a later attempt may succeed. `refused`: it does not accept our
 * user, database or extensions, until the operator changes that.
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

/** Classes of SQLSTATE: connection, resources, intervention of the operator, system, a lost race for locks; read-only. */
const UNAVAILABLE = /^(?:08|53|57|58|40|55P03|25006)/;
/** Wrong user or password, no such database, missing privilege or extension, too old a version. */
const REFUSED = /^(?:28|3D|42501|0A000|58P01|22023)/;
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
  if (code === undefined || error instanceof RecordsError) return error;
  // Several addresses of one host failed: the message is empty.
  const reason = error instanceof AggregateError ? error.errors.map(String).join('; ') : String(error);
  return new RecordsError(code, `The database did not answer: ${reason}`, { cause: error });
}
