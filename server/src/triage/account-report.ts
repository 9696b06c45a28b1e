/** Recognizes reports about the visitor's own account: articles can explain, but only an agent can look. An agent is offered with the answer. Pure. */
import { MESSAGE_TEXT_MAX } from '@firstword/shared/limits';
import { createPhraseFinder } from './hand-off-phrases.ts';
import { ACCOUNT_REPORTS } from './phrases/account-report.ts';

export type IsAccountReport = (text: string) => boolean;

export function createAccountReportFinder(): IsAccountReport {
  const phrases = createPhraseFinder(ACCOUNT_REPORTS);
  return (text) => phrases.find(text.slice(0, MESSAGE_TEXT_MAX)).length > 0;
}
