/** Finds indexed terms that are one typing slip from a word of the question. */
import { isOneSlip, withoutOneLetter } from '../lib/one-slip.ts';

export type NearTerms = (typed: string) => readonly string[];

/** Shorter words are one slip from too many others; longer strings are rarely words. */
const LETTERS = { least: 4, most: 20 };

export function createNearTerms(known: Iterable<string>): NearTerms {
  const byForm = new Map<string, string[]>();
  for (const term of known) {
    if (!isTypable(term)) continue;
    for (const form of [term, ...withoutOneLetter(term)]) {
      const list = byForm.get(form) ?? [];
      list.push(term);
      byForm.set(form, list);
    }
  }
  return (typed) => {
    if (!isTypable(typed)) return [];
    const near = new Set([typed, ...withoutOneLetter(typed)].flatMap((form) => byForm.get(form) ?? []));
    return [...near].filter((term) => isOneSlip(typed, term));
  };
}

function isTypable(term: string): boolean {
  return term.length >= LETTERS.least && term.length <= LETTERS.most && /^\p{L}+$/u.test(term);
}
