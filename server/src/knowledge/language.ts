/** Detects which of the languages with a stop word list a text is written in. */
import { foldLetters } from '../lib/fold-letters.ts';
import { STOP_WORDS } from './stop-words.ts';

/** Enough to be certain, and cheap for a whole article. */
const READ_CHARS = 2000;

/** First match wins: Japanese also contains Chinese characters. */
const SCRIPTS: readonly (readonly [string, RegExp])[] = [
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ['zh', /\p{Script=Han}/gu],
  ['th', /\p{Script=Thai}/gu],
  ['he', /\p{Script=Hebrew}/gu],
  ['ar', /\p{Script=Arabic}/gu],
  ['ru', /\p{Script=Cyrillic}/gu],
];
const LATIN = ['en', 'de', 'es', 'fr', 'it', 'nl', 'pl', 'pt', 'sv', 'tr'];

/** Text in any other language seems to be in one of these. */
export const DETECTED_LANGUAGES: ReadonlySet<string> = new Set([...SCRIPTS.map(([language]) => language), ...LATIN]);

/** Letters that only one of the languages has in common words. */
const OWN_LETTERS: readonly (readonly [string, RegExp])[] = [
  ['de', /[ß]|\b\p{L}*[äöü]\p{L}*\b/u],
  ['es', /[ñ¿¡]/u],
  ['pl', /[ąęłńśźż]/u],
  ['pt', /[ãõ]/u],
  ['tr', /[ğışİ]/u],
  ['fr', /[œèêû]|\b[ldjcnqs]['’]/u],
];

/** ISO 639-1; undefined when the text is too short to tell. @param among the languages to choose from */
export function detectLanguage(text: string, among?: ReadonlySet<string>): string | undefined {
  const beginning = text.slice(0, READ_CHARS);
  const latin = beginning.match(/\p{Script=Latin}/gu)?.length ?? 0;
  const allowed = (language: string) => among === undefined || among.has(language);
  for (const [language, script] of SCRIPTS) {
    const letters = beginning.match(script)?.length ?? 0;
    if (letters * 3 > latin && letters > 0 && allowed(language)) return language;
  }
  if (latin === 0) return undefined;
  const words = foldLetters(beginning).match(/\p{L}+/gu) ?? [];
  let best: { readonly language: string; readonly hits: number } | undefined;
  let isTie = false;
  for (const language of LATIN.filter(allowed)) {
    const own = OWN_LETTERS.find(([name]) => name === language)?.[1];
    const hits =
      words.filter((word) => STOP_WORDS[language]?.has(word)).length + (own?.test(beginning.toLowerCase()) ? 1 : 0);
    if (hits === 0) continue;
    isTie = hits === best?.hits;
    if (best === undefined || hits > best.hits) best = { language, hits };
  }
  return isTie ? undefined : best?.language;
}

/** The same by words alone: lists of stop words have single letters, so that a code such as `E17` seems to be German. */
export function detectLanguageOfWords(text: string, among?: ReadonlySet<string>): string | undefined {
  const words = text.match(/(?<![\p{L}\p{N}])\p{L}{2,}(?![\p{L}\p{N}])/gu) ?? [];
  return detectLanguage(words.join(' '), among);
}
