/** An error response: a code for programs, a sentence for people, and the HTTP status of the code. */
import type { ApiError, TicketDetail } from '@firstword/shared/console-wire';
import type { Phrase } from '@firstword/shared/phrase';
import type { SettingFault } from '@firstword/shared/setting-fault';
import { textOf } from '../lib/phrase.ts';

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
  /** Of a message that the console shows in its reader's language. */
  readonly phrase: Phrase | undefined;
  readonly retryAfterMs: number | undefined;
  readonly fileFault: ApiError['fileFault'];
  readonly settingFaults: readonly SettingFault[];
  readonly detail: TicketDetail | undefined;
  constructor(
    code: ApiErrorCode,
    message: string | Phrase,
    more: {
      retryAfterMs?: number;
      fileFault?: ApiError['fileFault'];
      settingFaults?: readonly SettingFault[];
      detail?: TicketDetail | undefined;
    } = {},
  ) {
    super(textOf(message));
    this.code = code;
    this.phrase = typeof message === 'string' ? undefined : message;
    this.retryAfterMs = more.retryAfterMs;
    this.fileFault = more.fileFault;
    this.settingFaults = more.settingFaults ?? [];
    this.detail = more.detail;
  }
}

export function toApiError(refusal: ApiRefusal): ApiError {
  const { code, message, phrase, retryAfterMs, fileFault, settingFaults, detail } = refusal;
  return {
    code,
    message,
    ...(phrase === undefined ? {} : { phrase }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(fileFault === undefined ? {} : { fileFault }),
    ...(settingFaults.length === 0 ? {} : { settingFaults: [...settingFaults] }),
    ...(detail === undefined ? {} : { detail }),
  };
}
