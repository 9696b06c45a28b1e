/** An error response: a code for programs, a sentence for people, and the HTTP status of the code. */
import type { ApiError, TicketDetail } from '@firstword/shared/console-wire';
import type { SettingFault } from '@firstword/shared/setting-fault';

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
  readonly settingFaults: readonly SettingFault[];
  readonly detail: TicketDetail | undefined;
  constructor(
    code: ApiErrorCode,
    message: string,
    more: {
      retryAfterMs?: number;
      fileFault?: ApiError['fileFault'];
      settingFaults?: readonly SettingFault[];
      detail?: TicketDetail | undefined;
    } = {},
  ) {
    super(message);
    this.code = code;
    this.retryAfterMs = more.retryAfterMs;
    this.fileFault = more.fileFault;
    this.settingFaults = more.settingFaults ?? [];
    this.detail = more.detail;
  }
}

export function toApiError(refusal: ApiRefusal): ApiError {
  const { code, message, retryAfterMs, fileFault, settingFaults, detail } = refusal;
  return {
    code,
    message,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(fileFault === undefined ? {} : { fileFault }),
    ...(settingFaults.length === 0 ? {} : { settingFaults: [...settingFaults] }),
    ...(detail === undefined ? {} : { detail }),
  };
}
