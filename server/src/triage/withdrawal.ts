/** Recognizes a message that says nothing but that an agent is no longer needed: "Never mind, thanks". Pure. */
import { createPhraseFinder } from './hand-off-phrases.ts';
import { SENTENCE_END, wordsOf } from './hand-off-words.ts';
import { WITHDRAWALS } from './phrases/withdrawal.ts';

/** Longer messages say something else, too. Japanese and Chinese count by character. */
const WORDS_MAX = 24;

export function createWithdrawalCheck(): (text: string) => boolean {
  const phrases = createPhraseFinder(WITHDRAWALS);
  return (text) => {
    const words = wordsOf(text.slice(0, 200));
    if (words.length > WORDS_MAX) return false;
    const hits = phrases.find(text);
    // "Never mind the delay" must not match, so every word has to belong to a phrase.
    return (
      hits.some(({ name }) => name === 'withdrawal') &&
      words.every((word, n) => word === SENTENCE_END || hits.some(({ from, to }) => from <= n && n < to))
    );
  };
}
