/** Words that say nothing about a text's topic, by language. */
import { ara, deu, eng, fra, heb, ita, jpn, nld, pol, por, rus, spa, swe, tha, tur, zho } from 'stopword';
import { foldLetters } from '../lib/fold-letters.ts';

/** Of English help articles and questions; the library's list comes from news. */
const ENGLISH_QUESTIONS =
  't s d m am does doing done don cannot couldn wouldn shouldn didn doesn isn aren won let lets ll ve re im ive id its itself me mine you yours us we what whats when where who why how there then these those any anyone anything something someone just so too very please want wants wanted need needs would could should shall will may might must been being off own no not nor if';
const GERMAN_QUESTIONS = 'kann kannst können könnt muss musst möchte bitte wann warum wieso welche welcher welches ich';
const FRENCH_QUESTIONS = 'comment est-ce puis peux peut dois faut pourquoi quand combien y où';
const SPANISH_QUESTIONS = 'cómo qué puedo puede debo es está son y a mis';
const ITALIAN_QUESTIONS = 'posso può devo mi quando perché come';
const PORTUGUESE_QUESTIONS = 'posso pode devo é está são porque onde';
const DUTCH_QUESTIONS = 'kunt hoe wanneer waar waarom welke mag';

const CHINESE_QUESTIONS =
  '如何 怎么 怎样 怎么样 什么 为什么 哪些 哪里 哪个 是否 可以 能否 可否 如果 自己 怎麼 怎樣 什麼 為什麼';

const folded = (...lists: readonly (readonly string[])[]) => new Set(lists.flat().map(foldLetters));
const words = (text: string) => text.split(' ');

/** By ISO 639-1 code; without accents, as `searchTerms` sees words. */
export const STOP_WORDS: Readonly<Record<string, ReadonlySet<string>>> = {
  ar: folded(ara),
  de: folded(deu, words(GERMAN_QUESTIONS)),
  en: folded(eng, words(ENGLISH_QUESTIONS)),
  es: folded(spa, words(SPANISH_QUESTIONS)),
  fr: folded(fra, words(FRENCH_QUESTIONS)),
  he: folded(heb),
  it: folded(ita, words(ITALIAN_QUESTIONS)),
  ja: folded(jpn),
  nl: folded(nld, words(DUTCH_QUESTIONS)),
  pl: folded(pol),
  pt: folded(por, words(PORTUGUESE_QUESTIONS)),
  ru: folded(rus),
  sv: folded(swe),
  th: folded(tha),
  tr: folded(tur),
  zh: folded(zho, words(CHINESE_QUESTIONS)),
};
