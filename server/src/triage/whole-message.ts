/** Recognizes messages that consist of phrases: "Never mind, thanks", "No, it didn't". Pure. */
import type { PhraseFinder } from './hand-off-phrases.ts';
import { SENTENCE_END, wordsOf } from './hand-off-words.ts';

/** Longer messages say something else, too. Japanese and Chinese count by character. */
const WORDS_MAX = 24;
/** No message of so few words is longer, and reading more would take time. */
const CHARS_MAX = 200;

/** Whether the message has a phrase of that name, and at most `spare` words that belong to no phrase. */
export function consistsOf<Name extends string>(
  phrases: Pick<PhraseFinder<Name>, 'find'>,
  name: Name,
  message: string,
  spare = 0,
): boolean {
  if (message.length > CHARS_MAX) return false;
  const words = wordsOf(message);
  if (words.length > WORDS_MAX) return false;
  const hits = phrases.find(message);
  const others = words.filter((word, n) => word !== SENTENCE_END && !hits.some(({ from, to }) => from <= n && n < to));
  return others.length <= spare && hits.some((hit) => hit.name === name);
}
