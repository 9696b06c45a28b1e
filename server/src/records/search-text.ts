/** How texts are cut into searchable words: by the site's language, and in pairs of characters where scripts have no spaces. */
import { languageOf } from '@firstword/shared/language';

/** Languages that PostgreSQL can stem, by their code. */
const CONFIGURATIONS: Readonly<Record<string, string>> = {
  ar: 'arabic',
  ca: 'catalan',
  da: 'danish',
  de: 'german',
  el: 'greek',
  en: 'english',
  es: 'spanish',
  eu: 'basque',
  fi: 'finnish',
  fr: 'french',
  ga: 'irish',
  hi: 'hindi',
  hu: 'hungarian',
  hy: 'armenian',
  id: 'indonesian',
  it: 'italian',
  lt: 'lithuanian',
  nb: 'norwegian',
  ne: 'nepali',
  nl: 'dutch',
  nn: 'norwegian',
  no: 'norwegian',
  pt: 'portuguese',
  ro: 'romanian',
  ru: 'russian',
  sr: 'serbian',
  sv: 'swedish',
  ta: 'tamil',
  tr: 'turkish',
  yi: 'yiddish',
};
/** Compares whole words. Every text is also indexed with it, so that a word is found as it was typed. */
export const PLAIN_CONFIGURATION = 'firstword_simple';

/** Scripts without spaces between words, and Korean, which appends particles to them. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]+/gu;

/** Name of the text search configuration for a locale, as the first migration creates it. */
export function searchConfigurationOf(locale: string): string {
  return `firstword_${CONFIGURATIONS[languageOf(locale)] ?? 'simple'}`;
}

/** Every two neighbouring characters of unspaced scripts; of one alone, itself. */
export function characterPairs(text: string): string[] {
  const pairs = (text.match(UNSPACED) ?? []).flatMap((run) => {
    const characters = [...run];
    // The last character alone, too, so that it is found by its beginning like every other.
    return characters.map((character, index) => character + (characters[index + 1] ?? ''));
  });
  return [...new Set(pairs)];
}

export interface SearchTerms {
  /** Words for `websearch_to_tsquery`; empty if there are none. */
  readonly words: string;
  /** Each must be the beginning of a pair in the text. */
  readonly pairs: readonly string[];
}

export function searchTerms(q: string): SearchTerms {
  const pairs = (q.match(UNSPACED) ?? []).flatMap((run) => {
    const characters = [...run];
    if (characters.length === 1) return characters;
    return characters.slice(0, -1).map((character, index) => character + characters[index + 1]);
  });
  return { words: q.replace(UNSPACED, ' ').trim(), pairs: [...new Set(pairs)] };
}
