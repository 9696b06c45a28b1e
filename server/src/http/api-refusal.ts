/** An error response: a code for programs, a sentence for people, and the HTTP status of the code. */
import type { ApiError, TicketDetail } from '@firstword/shared/console-wire';

export type ApiErrorCode = ApiError['code'];

export const STATUS_OF: Readonly<Record<ApiErrorCode, number>> = {
  'bad-request': 400,
  'signed-out': 401,
  'code-required': 403,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'not-allowed': 409,
  'rate-limited': 429,
  unavailable: 503,
};

/** Thrown by a route; becomes the error response. */
export class ApiRefusal extends Error {
  override readonly name = 'ApiRefusal';
  readonly code: ApiErrorCode;
  readonly retryAfterMs: number | undefined;
  readonly fileFault: ApiError['fileFault'];
  readonly detail: TicketDetail | undefined;
  constructor(
    code: ApiErrorCode,
    message: string,
    more: { retryAfterMs?: number; fileFault?: ApiError['fileFault']; detail?: TicketDetail | undefined } = {},
  ) {
    super(message);
    this.code = code;
    this.retryAfterMs = more.retryAfterMs;
    this.fileFault = more.fileFault;
    this.detail = more.detail;
  }
}

export function toApiError({ code, message, retryAfterMs, fileFault, detail }: ApiRefusal): ApiError {
  return {
    code,
    message,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(fileFault === undefined ? {} : { fileFault }),
    ...(detail === undefined ? {} : { detail }),
  };
}
