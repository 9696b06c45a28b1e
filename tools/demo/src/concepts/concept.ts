/** A concept of the shop: the words that mean it. */

/** How much a word says about the question: `action` most ("refund"), `thing` less ("desk"), `common` little ("order"). */
export type ConceptKind = 'action' | 'thing' | 'common';

/** A word ending in `*` matches every word with that prefix. All are lower case and without accents. */
export interface Concept {
  readonly name: string;
  /** `action` when absent. */
  readonly kind?: ConceptKind;
  readonly topic: string;
  readonly words: string;
}
