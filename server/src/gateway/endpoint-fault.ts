/** Reads from a refusal's status and error body what is wrong with the key, the account, the model or the address. Pure. */
import type { ErrorBody } from './error-body.ts';
import type { FailureCode } from './gateway-error.ts';

/** Endpoints put these into `error.code`, `error.type` or the message. Sources: vendors' error tables and bug reports. */
const NO_CREDIT =
  /insufficient[ _](?:user[ _])?(?:quota|balance|credit|fund)|exceeded[ _](?:your[ _])?current[ _](?:token[ _])?quota|billing_hard_limit|billing_not_active|out of credits|requires more credits|arrear|account is in good standing|余额不足|欠费/i;
/** Gemini uses the same words for a limit by the minute, together with a time to wait. */
const PASSES_SOON = /retry[ _-]?(?:in|after|delay)\b|per[ _-]?minute|RateLimit/i;
const UNKNOWN_MODEL =
  /model[ _-]?(?:is[ _])?(?:not[ _-]?(?:found|exist|supported)|(?:does|do)[ _]not[ _]exist)|deployment[ _]?not[ _]?found|(?:model|deployment)\b.{0,120}?\b(?:does not exist|not exist|not found|is not supported|not available)|not a valid model|(?:invalid|unknown)[ _]model|no endpoints found|no available channel for model|模型不存在/i;
const BAD_KEY =
  /api[ _-]?key[ _]?(?:is[ _])?(?:not valid|invalid|expired)|(?:invalid|incorrect|missing)[ _](?:api[ _-]?)?key/i;
/** Long enough for every vendor's message; an endpoint that repeats the question does so after this. */
const MESSAGE_MAX = 300;

/** @param waits whether the response says when to try again */
export function readEndpointFault(status: number, body: ErrorBody, waits = false): FailureCode {
  return codeOf(status, namedIn(body), waits);
}

/** Status 3xx to 5xx, with the words of the error. */
function codeOf(status: number, words: string, waits: boolean): FailureCode {
  if (status === 402) return 'no-credit';
  if (status === 401) return 'unauthorized';
  if (status === 429) return NO_CREDIT.test(words) && !waits && !PASSES_SOON.test(words) ? 'no-credit' : 'rate-limited';
  if (status === 400 || status === 403 || status === 404 || status === 422) {
    if (NO_CREDIT.test(words)) return 'no-credit';
    if (BAD_KEY.test(words)) return 'unauthorized';
    if (UNKNOWN_MODEL.test(words)) return 'unknown-model';
  }
  if (status === 403) return 'unauthorized';
  if (status === 404) return 'no-model';
  if (status === 408 || status >= 500) return 'upstream-error';
  if (status >= 400) return 'bad-request';
  if (status >= 300) return 'redirected';
  return 'bad-response';
}

/** Only the fields that name the error: other fields may repeat what a visitor wrote. */
function namedIn({ json, error }: ErrorBody): string {
  return [json, ...NAMING.map((name) => error?.[name])]
    .filter((value) => typeof value === 'string')
    .map((value) => value.slice(0, MESSAGE_MAX))
    .join('\n');
}

const NAMING = ['code', 'type', 'status', 'message', 'detail', 'msg', 'error'] as const;
