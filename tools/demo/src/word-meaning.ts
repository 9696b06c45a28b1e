/** Maps a word of a visitor's question to the concept it means, in seven languages. */
import type { Concept, ConceptKind } from './concepts/concept.ts';
import { PLACE_CONCEPTS } from './concepts/places.ts';
import { PRODUCT_CONCEPTS } from './concepts/products.ts';
import { SERVICE_CONCEPTS } from './concepts/service.ts';

export interface Meaning {
  readonly name: string;
  readonly topic: string;
  readonly kind: ConceptKind;
}

export type WordMeaning = (word: string) => Meaning | undefined;

/** Looks up a word from `foldWords`. An exact match takes precedence over the longest prefix. */
export function createWordMeaning(): WordMeaning {
  const exact = new Map<string, Concept>();
  const prefixes = new Map<string, Concept>();
  for (const concept of [...SERVICE_CONCEPTS, ...PRODUCT_CONCEPTS, ...PLACE_CONCEPTS]) {
    for (const word of concept.words.split(' ')) {
      if (word.endsWith('*')) prefixes.set(word.slice(0, -1), concept);
      else exact.set(word, concept);
    }
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
  return (word) => {
    const concept = find(word);
    return concept && { name: concept.name, topic: concept.topic, kind: concept.kind ?? 'action' };
  };
}
