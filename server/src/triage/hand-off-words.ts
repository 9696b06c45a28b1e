/** Splits a message into words for the hand-off rules: case-folded, without accents; Chinese and Japanese by character. */

/** Separates sentences; no phrase crosses it. */
export const SENTENCE_END = '.';

/** Letters that NFKD doesn't decompose, but that visitors also type as these. */
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

/** Apostrophes in English contractions and Hebrew words join; all others separate two words (l'agent). */
const JOINING_APOSTROPHE = /['’`´ʼ](?=(?:t|s|m|d|re|ve|ll)(?![a-z]))|(?<=[\u0590-\u05ff])['’"׳״]/g;

const WORD =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー])[\p{L}\p{N}])+|[.!?;؟।。\n]/gu;

/** Linear in the text's length. Accepts any string, also with lone surrogates. */
export function wordsOf(text: string): string[] {
  const folded = text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .toLowerCase()
    .replace(/[ßıłøđæœةىـ]/g, (letter) => LOOK_ALIKES[letter] ?? letter)
    .replace(JOINING_APOSTROPHE, '');
  return (folded.match(WORD) ?? []).map((word) => (/^[\p{L}\p{N}ー]/u.test(word) ? word : SENTENCE_END));
}
