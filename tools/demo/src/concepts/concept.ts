/** A concept of the shop: the words that mean it. */

/** How much a word says about the question: `action` most ("refund"), `thing` less ("desk"), `common` little ("order"). */
export type ConceptKind = 'action' | 'thing' | 'common';

/** All words are lower case. */
export interface Concept {
  readonly name: string;
  /** `action` when absent. */
  readonly kind?: ConceptKind;
  readonly topic: string;
  /** Without accents. A word ending in `*` matches every word with that prefix. */
  readonly words: string;
  /** Found anywhere in a word: of scripts that write no blanks between words, or add prefixes to them. */
  readonly within?: string;
}
