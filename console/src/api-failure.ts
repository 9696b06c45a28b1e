/** Reads why the server, or a proxy before it, refused a request. */
import type { ApiError } from '@firstword/shared/console-wire';
import type { Failure } from './api-result.ts';
import { failureTexts } from './texts/failure-texts.ts';
import { phraseText } from './texts/phrase-texts.ts';

/** A proxy may respond without our JSON. Then only the status is known. */
export function readFailure(status: number, text: string): Failure {
  try {
    const error: unknown = JSON.parse(text);
    if (isApiError(error)) return { ok: false, ...error, message: messageOf(error) };
  } catch {
    // Not JSON: the status decides below.
  }
  if (status === 401) return { ok: false, code: 'signed-out', message: failureTexts.signedOut };
  if (status === 429) return { ok: false, code: 'rate-limited', message: failureTexts.tooMany };
  return { ok: false, code: 'unavailable', message: failureTexts.failed };
}

/** A phrase says more than the code. */
const messageOf = ({ code, message, phrase }: ApiError) =>
  phrase === undefined ? (failureTexts.byCode[code] ?? message) : phraseText(phrase);

function isApiError(value: unknown): value is ApiError {
  if (typeof value !== 'object' || value === null || !('code' in value) || !('message' in value)) return false;
  return typeof value.code === 'string' && typeof value.message === 'string';
}
