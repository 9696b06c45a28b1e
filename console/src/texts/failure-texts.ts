/** Why a request failed. Other reasons come from the server. */
import { type Texts, translated } from './translated.ts';

/** Messages by their code, where the server's own is not in the console's language. */
const byCode: Readonly<Record<string, string>> = {};

const english = {
  byCode,
  signedOut: 'You’re signed out.',
  tooMany: 'Too many requests. Try again later.',
  failed: 'The server couldn’t process the request.',
  noResponse: 'The server didn’t respond.',
  noCode: 'The code of the page couldn’t be loaded.',
} as const;
export type FailureTexts = Texts<typeof english>;
export const failureTexts = translated<FailureTexts>('failure', english);
