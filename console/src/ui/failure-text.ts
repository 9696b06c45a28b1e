/** A refusal before sign-in in words. */
import type { Failure } from '../api.ts';
import { commonTexts } from '../texts/common-texts.ts';
import { signInTexts } from '../texts/sign-in-texts.ts';

/** `refused` is what a refusal of the credentials means on this page. */
export function failureText(failure: Failure, refused: string): string {
  if (failure.code === 'offline' || failure.code === 'unavailable') return commonTexts.offline;
  if (failure.code === 'rate-limited')
    return signInTexts.tooManyAttempts(Math.ceil((failure.retryAfterMs ?? 60_000) / 1000));
  if (failure.code === 'bad-request') return failure.message;
  return refused;
}
