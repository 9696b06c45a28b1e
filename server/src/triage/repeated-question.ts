/** Recognizes a question that is asked again in nearly the same words. Pure. */
import { MESSAGE_TEXT_MAX } from '@firstword/shared/limits';
import { SENTENCE_END, wordsOf } from './hand-off-words.ts';

/** Of the words of the longer one, those that both contain: one word may be added or changed in five. */
const SHARED_LEAST = 0.8;
/** Shorter messages ("Ok thanks") repeat without being asked again, unless they are written as questions. */
const WORDS_LEAST = 4;
const QUESTION_WORDS_LEAST = 2;

export function repeatsQuestion(text: string, before: string): boolean {
  const words = wordSet(text);
  const earlier = wordSet(before);
  if (words.size < (/[?？؟]/.test(text) ? QUESTION_WORDS_LEAST : WORDS_LEAST)) return false;
  const shared = [...words].filter((word) => earlier.has(word)).length;
  return shared >= SHARED_LEAST * Math.max(words.size, earlier.size);
}

const wordSet = (text: string) =>
  new Set(wordsOf(text.slice(0, MESSAGE_TEXT_MAX)).filter((word) => word !== SENTENCE_END));
