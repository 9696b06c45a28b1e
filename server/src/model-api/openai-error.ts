/** An error response in OpenAI's shape, which clients of that API already read. */
import { GatewayError } from '../gateway/gateway-error.ts';
import { RefusedError } from '../lib/guarded.ts';
import { RecordsError } from '../records/records-error.ts';

export type OpenAiErrorType =
  | 'invalid_request_error'
  | 'authentication_error'
  | 'permission_error'
  | 'insufficient_quota'
  | 'rate_limit_error'
  | 'server_error';

interface Facts {
  /** The field or header that is wrong. */
  readonly param?: string;
  readonly code?: string;
  readonly retryAfterSeconds?: number;
  /** Tells clients not to retry by themselves, because a retry within seconds ends the same way. */
  readonly isLasting?: boolean;
}

/** Thrown by a route; becomes the response. */
export class OpenAiError extends Error {
  override readonly name = 'OpenAiError';
  readonly status: number;
  readonly type: OpenAiErrorType;
  readonly param: string | null;
  readonly code: string | null;
  readonly retryAfterSeconds: number | undefined;
  readonly isLasting: boolean;

  constructor(status: number, type: OpenAiErrorType, message: string, facts: Facts = {}) {
    const { param, code, retryAfterSeconds, isLasting = false } = facts;
    super(message);
    this.status = status;
    this.type = type;
    this.param = param ?? null;
    this.code = code ?? null;
    this.retryAfterSeconds = retryAfterSeconds;
    this.isLasting = isLasting;
  }

  toBody() {
    const { message, type, param, code } = this;
    return { error: { message, type, param, code } };
  }
}

export function invalidRequest(message: string, param?: string, code?: string): OpenAiError {
  return new OpenAiError(400, 'invalid_request_error', message, {
    ...(param === undefined ? {} : { param }),
    ...(code === undefined ? {} : { code }),
  });
}

/** The caller's address is beyond the limit of refused calls. */
export function fromLimit(error: unknown): OpenAiError | undefined {
  if (!(error instanceof RefusedError) || error.code !== 'rate-limited') return undefined;
  return new OpenAiError(429, 'rate_limit_error', error.message, {
    code: 'rate_limit_exceeded',
    retryAfterSeconds: Math.ceil((error.retryAfterMs ?? 0) / 1000),
  });
}

/** Never 401 or 403: the caller's token is right, and the endpoint's key is the operator's matter. */
const STATUS_OF: Readonly<Partial<Record<GatewayError['code'], number>>> = {
  'bad-request': 400,
  'rate-limited': 429,
  'breaker-open': 503,
  closing: 503,
  'headers-timeout': 504,
  'first-token-timeout': 504,
  stalled: 504,
};

/** `undefined` for an unexpected error, that is, a bug. */
export function fromGateway(error: unknown): OpenAiError | undefined {
  if (!(error instanceof GatewayError)) return undefined;
  const { code, retryAfterMs } = error;
  const status = STATUS_OF[code] ?? 502;
  const type = status === 400 ? 'invalid_request_error' : status === 429 ? 'rate_limit_error' : 'server_error';
  return new OpenAiError(status, type, `No model answered (${code}).`, {
    code,
    ...(retryAfterMs === undefined ? {} : { retryAfterSeconds: Math.ceil(retryAfterMs / 1000) }),
  });
}

/** PostgreSQL usually takes this long to restart. */
const RECORDS_RETRY_SECONDS = 5;

/** A token could not be checked. */
export function fromRecords(error: unknown): OpenAiError | undefined {
  if (!(error instanceof RecordsError)) return undefined;
  return new OpenAiError(503, 'server_error', 'The database does not answer. Try again in a few seconds.', {
    code: 'unavailable',
    retryAfterSeconds: RECORDS_RETRY_SECONDS,
  });
}

/** Express assigns a status below 500 to a body that is too large or not JSON. `undefined` for a bug. */
export function fromExpress(error: unknown): OpenAiError | undefined {
  const status = typeof error === 'object' && error !== null && 'status' in error ? Number(error.status) : 500;
  if (!(status >= 400 && status < 500)) return undefined;
  return status === 413
    ? new OpenAiError(413, 'invalid_request_error', 'The request body is too large: the limit is 256 kB.')
    : invalidRequest('The request body is not valid JSON.');
}
