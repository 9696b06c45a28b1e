/** Cuts a message into words as the hand-off rules compare them: folded, unaccented, signs of Chinese and Japanese one by one. */

/** Stands between two sentences; no phrase reaches over it. */
export const SENTENCE_END = '.';

/** Letters that compatibility decomposition leaves alone though people type them with and without. */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  ß: 'ss',
  ı: 'i',
  ł: 'l',
  ø: 'o',
  đ: 'd',
  æ: 'ae',
  œ: 'oe',
  ة: 'ه',
  ى: 'ي',
  ـ: '',
};

/** An apostrophe inside an English contraction or a Hebrew word joins; any other parts two words (l'agent). */
const JOINING_APOSTROPHE = /['’`´ʼ](?=(?:t|s|m|d|re|ve|ll)(?![a-z]))|(?<=[\u0590-\u05ff])['’"׳״]/g;

const WORD =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー])[\p{L}\p{N}])+|[.!?;؟।。\n]/gu;

/** Linear in the text. Any string is fine, lone surrogates too. */
export function wordsOf(text: string): string[] {
  const folded = text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .toLowerCase()
    .replace(/[ßıłøđæœةىـ]/g, (letter) => LOOK_ALIKES[letter] ?? letter)
    .replace(JOINING_APOSTROPHE, '');
  return (folded.match(WORD) ?? []).map((word) => (/^[\p{L}\p{N}ー]/u.test(word) ? word : SENTENCE_END));
}
