/** Splits a message into words for the hand-off rules: case-folded, without accents; Chinese and Japanese by character. */

import { foldLetters } from '../lib/fold-letters.ts';

/** Separates sentences; no phrase crosses it. */
export const SENTENCE_END = '.';

/** Apostrophes in English contractions and Hebrew words join; all others separate two words (l'agent). */
const JOINING_APOSTROPHE = /['’`´ʼ](?=(?:t|s|m|d|re|ve|ll)(?![a-z]))|(?<=[\u0590-\u05ff])['’"׳״]/g;

const WORD =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー])[\p{L}\p{N}])+|[.!?;؟।。\n]/gu;

/** Linear in the text's length. Accepts any string, also with lone surrogates. */
export function wordsOf(text: string): string[] {
  const folded = foldLetters(text).replace(JOINING_APOSTROPHE, '');
  return (folded.match(WORD) ?? []).map((word) => (/^[\p{L}\p{N}ー]/u.test(word) ? word : SENTENCE_END));
}
