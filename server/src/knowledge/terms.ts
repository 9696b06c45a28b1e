/** Splits text into search terms of its language: folded, stemmed; Chinese, Japanese and Thai as words and single characters. */
import { foldLetters } from '../lib/fold-letters.ts';
import { foldChinese } from './fold-chinese.ts';
import { stemOf } from './stems.ts';
import { STOP_WORDS } from './stop-words.ts';

/** Scripts that write no spaces; with the characters that they share, such as ー. */
const WITHOUT_SPACES = /^[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}]/u;
/** A run of such characters, or a word: "Login.gov账户" has both. */
const WORD =
  /(?:(?=[\p{L}\p{M}])[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}])+|(?:(?![\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}])[\p{L}\p{M}\p{N}])+/gu;

/** Marks terms that are part of a word: its prefix, or a single Chinese or Japanese character. */
const PART = '^';
/** Joins two neighbouring terms. */
const PAIR = ' ';
/** Words of this length are also indexed by their prefix, which inflected forms of any language share. */
const BEGINNING_FROM_LETTERS = 6;
const BEGINNING_LETTERS = 5;

export const isPart = (term: string) => term.startsWith(PART);
export const isPair = (term: string) => term.includes(PAIR);
/** A shorter one is a year or an amount. */
const CODE_LETTERS = 5;
/** An error code, an order number, a product's name: few texts contain it, and those that do are meant. */
export const isCode = (term: string) => /\d/.test(term) && term.length >= CODE_LETTERS;

/** A year, an amount: one that no article contains doesn't change what a question is about. */
export const isQuantity = (term: string) => /^\p{N}+$/u.test(term) && !isCode(term);

/** In the order of the text, with repetitions. */
export function searchTerms(text: string, language: string): string[] {
  const terms: string[] = [];
  let before: string | undefined;
  for (const [word] of text.normalize('NFKC').toLowerCase().matchAll(WORD)) {
    if (WITHOUT_SPACES.test(word)) {
      for (const term of withoutSpaces(word, STOP_WORDS[language])) terms.push(term);
      before = undefined;
      continue;
    }
    const folded = foldLetters(word);
    if (STOP_WORDS[language]?.has(folded)) continue;
    const stem = stemOf(word, language);
    terms.push(stem);
    if (before !== undefined) terms.push(before + PAIR + stem);
    if (folded.length >= BEGINNING_FROM_LETTERS) terms.push(PART + folded.slice(0, BEGINNING_LETTERS));
    before = stem;
  }
  return terms;
}

/** The segmenter takes a time that grows with the square of what it is given. No sentence is this long. */
const PIECE_CHARS = 400;
const pieces = (run: string) =>
  Array.from({ length: Math.ceil(run.length / PIECE_CHARS) }, (_, n) =>
    run.slice(n * PIECE_CHARS, (n + 1) * PIECE_CHARS),
  );

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

/**
 * Words by dictionary, and single characters, which other splits and forms of a word share. Trial: with pairs of characters as well, the
 * right article is first for 33 % instead of 45 % of the titles of a Chinese help centre, searched for in its texts. The dictionary knows
 * words with their marks only, so they are folded afterwards.
 */
function withoutSpaces(run: string, stopWords: ReadonlySet<string> = new Set()): string[] {
  const isStop = (word: string) => stopWords.has(word) || [...word].every((character) => stopWords.has(character));
  const words = pieces(run).flatMap((piece) =>
    Array.from(segmenter.segment(piece), ({ segment }) => foldChinese(foldLetters(segment))),
  );
  return [
    ...words.filter((word) => [...word].length > 1 && !isStop(word)),
    ...[...foldChinese(foldLetters(run))]
      .filter((character) => !stopWords.has(character))
      .map((character) => PART + character),
  ];
}
