/** Recognizes reports about the visitor's own account: articles can explain, but only an agent can look. Pure. */
import { MESSAGE_TEXT_MAX } from '@firstword/shared/limits';
import { createPhraseFinder } from './hand-off-phrases.ts';
import { ACCOUNT_REPORTS } from './phrases/account-report.ts';
import { consistsOf } from './whole-message.ts';

/** `disputed`: the message says only that a value is wrong, which no article settles. `also`: it reports something else, or asks, too. */
export type AccountReport = 'also' | 'disputed';
export type AccountReportFinder = (text: string) => AccountReport | undefined;

/** "Hello", "please check". */
const OTHER_WORDS_MAX = 2;

export function createAccountReportFinder(): AccountReportFinder {
  const phrases = createPhraseFinder(ACCOUNT_REPORTS);
  return (text) => {
    const read = text.slice(0, MESSAGE_TEXT_MAX);
    if (phrases.find(read).length === 0) return undefined;
    return !/[?？؟]/.test(read) && consistsOf(phrases, 'disputed', read, OTHER_WORDS_MAX) ? 'disputed' : 'also';
  };
}
