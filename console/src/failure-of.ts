/** Says why a request failed, as a sentence. */
import type { Failure, Result } from './api-result.ts';
import { commonTexts } from './texts/common-texts.ts';

/** Undefined when it didn't. */
export const failureOf = (result: Result<unknown>): string | undefined =>
  result.ok ? undefined : failureSentence(result);

export const failureSentence = ({ code, message }: Failure): string =>
  code === 'offline' ? commonTexts.offline : message;
