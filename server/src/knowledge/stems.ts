/** Snowball stemmers by language: "returns", "returned" and "returning" become one term. */
import { stemmer as arabic } from '@orama/stemmers/arabic';
import { stemmer as dutch } from '@orama/stemmers/dutch';
import { stemmer as english } from '@orama/stemmers/english';
import { stemmer as french } from '@orama/stemmers/french';
import { stemmer as german } from '@orama/stemmers/german';
import { stemmer as italian } from '@orama/stemmers/italian';
import { stemmer as portuguese } from '@orama/stemmers/portuguese';
import { stemmer as russian } from '@orama/stemmers/russian';
import { stemmer as spanish } from '@orama/stemmers/spanish';
import { stemmer as swedish } from '@orama/stemmers/swedish';
import { stemmer as turkish } from '@orama/stemmers/turkish';
import { foldLetters } from '../lib/fold-letters.ts';

const STEMMERS: Readonly<Record<string, (word: string) => string>> = {
  ar: arabic,
  de: german,
  en: english,
  es: spanish,
  fr: french,
  it: italian,
  nl: dutch,
  pt: portuguese,
  ru: russian,
  sv: swedish,
  tr: turkish,
};

/** Words repeat; a stem takes some microseconds. Emptied when full. */
const KEPT_WORDS = 50_000;
const kept = new Map<string, string>();

/** A shorter word has no ending. */
const LEAST_LETTERS = 3;

/** @param word in lower case, with accents: the stemmers need them. */
export function stemOf(word: string, language: string): string {
  const stem = STEMMERS[language];
  if (stem === undefined || word.length < LEAST_LETTERS || /\d/.test(word)) return foldLetters(word);
  const key = `${language} ${word}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const stemmed = foldLetters(stem(word));
  if (kept.size >= KEPT_WORDS) kept.clear();
  kept.set(key, stemmed);
  return stemmed;
}
