/** Makes different spellings of one word equal: case, accents, full-width forms, and letters that Arabic writers exchange. */

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

export const foldLetters = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .toLowerCase()
    .replace(/[ßıłøđæœةىـ]/g, (letter) => LOOK_ALIKES[letter] ?? letter);
