/** Maps a word of a visitor's question to the concepts it means, in thirteen languages. */
import type { Concept, ConceptKind } from './concepts/concept.ts';
import { PLACE_CONCEPTS } from './concepts/places.ts';
import { PRODUCT_CONCEPTS } from './concepts/products.ts';
import { SERVICE_CONCEPTS } from './concepts/service.ts';
import { fold } from './fold-words.ts';

export interface Meaning {
  readonly name: string;
  readonly topic: string;
  readonly kind: ConceptKind;
}

/** Several where a script writes no blanks between words; undefined for a word without a known meaning. */
export type WordMeaning = (word: string) => readonly Meaning[] | undefined;

const WITHIN_WORDS = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}\p{Script=Arabic}\p{Script=Hebrew}]/u;

/**
 * Looks up a word from `foldWords`. An exact match takes precedence over the longest prefix. A word of a script with words
 * `within` never counts as unknown: it may be a whole sentence.
 */
export function createWordMeaning(): WordMeaning {
  const exact = new Map<string, Concept>();
  const prefixes = new Map<string, Concept>();
  const within: { readonly part: string; readonly concept: Concept }[] = [];
  for (const concept of [...SERVICE_CONCEPTS, ...PRODUCT_CONCEPTS, ...PLACE_CONCEPTS]) {
    for (const word of concept.words.split(' ')) {
      if (word.endsWith('*')) prefixes.set(word.slice(0, -1), concept);
      else exact.set(word, concept);
    }
    for (const part of concept.within?.split(' ') ?? []) within.push({ part: fold(part), concept });
  }
  const find = (word: string): Concept | undefined => {
    const found = exact.get(word);
    if (found) return found;
    for (let length = word.length; length >= 3; length -= 1) {
      const concept = prefixes.get(word.slice(0, length));
      if (concept) return concept;
    }
    return undefined;
  };
  const meaningOf = ({ name, topic, kind = 'action' }: Concept): Meaning => ({ name, topic, kind });
  return (word) => {
    if (WITHIN_WORDS.test(word))
      return [...new Set(within.filter(({ part }) => word.includes(part)).map(({ concept }) => concept))].map(
        meaningOf,
      );
    const concept = find(word);
    return concept && [meaningOf(concept)];
  };
}
