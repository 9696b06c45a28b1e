/** What the word lists look for. A `not-…` phrase takes back a hit of its rule that it overlaps: a denial, a mere mention. */
import type { Phrases } from './phrases.ts';

export type TextRule = 'person-request' | 'legal' | 'fraud' | 'chargeback' | 'danger';
export type RulePhrases = Phrases<TextRule | `not-${TextRule}`>;
