/** Recognizes a message that says nothing but that an agent is no longer needed: "Never mind, thanks". Pure. */
import { languageOf } from '@firstword/shared/language';
import { createPhraseFinder } from './hand-off-phrases.ts';
import { SENTENCE_END, wordsOf } from './hand-off-words.ts';
import { WITHDRAWALS } from './phrases/withdrawal.ts';

/** Longer messages say something else, too. Japanese and Chinese count by character. */
const WORDS_MAX = 24;

/** The language that it is written in, as ISO 639-1; `locale`, a BCP 47 tag, decides where several have the same words. */
export type WithdrawalFinder = (text: string, locale?: string) => string | undefined;

export function createWithdrawalFinder(): WithdrawalFinder {
  const phrases = createPhraseFinder(WITHDRAWALS);
  const byLanguage = WITHDRAWALS.map((language) => ({ code: language.code, own: createPhraseFinder([language]) }));
  return (text, locale = '') => {
    const words = wordsOf(text.slice(0, 200));
    if (words.length > WORDS_MAX) return undefined;
    const hits = phrases.find(text);
    // "Never mind the delay" must not match, so every word has to belong to a phrase.
    const isAll =
      hits.some(({ name }) => name === 'withdrawal') &&
      words.every((word, n) => word === SENTENCE_END || hits.some(({ from, to }) => from <= n && n < to));
    if (!isAll) return undefined;
    const codes = byLanguage
      .filter(({ own }) => own.find(text).some(({ name }) => name === 'withdrawal'))
      .map(({ code }) => code);
    return codes.find((code) => code === languageOf(locale)) ?? codes[0];
  };
}
