/** Finds indexed terms that are one typing slip from a word of the question. */
import { isOneSlip, withoutOneLetter } from '../lib/one-slip.ts';
import { hashText, type StringTable, sharedUint32 } from './packed-strings.ts';

export type NearTerms = (typed: string) => readonly string[];

/** Shorter words are one slip from too many others; longer strings are rarely words. */
const LETTERS = { least: 4, most: 20 };

/** Sorted hashes of each term and of the term without each one of its letters, each with the term's number. */
export interface PackedNearTerms {
  readonly hashes: Uint32Array;
  readonly terms: Uint32Array;
}

/** @param known in the order of the table that `openNearTerms` gets */
export function packNearTerms(known: readonly string[]): PackedNearTerms {
  // Two words one slip apart become equal when at most one letter is removed from each.
  const entries = Float64Array.from(
    known.flatMap((term, number) =>
      isTypable(term) ? [term, ...withoutOneLetter(term)].map((form) => hashText(form) * TERMS_MAX + number) : [],
    ),
  ).sort();
  const packed = { hashes: sharedUint32(entries.length), terms: sharedUint32(entries.length) };
  for (const [at, entry] of entries.entries()) {
    packed.hashes[at] = Math.floor(entry / TERMS_MAX);
    packed.terms[at] = entry % TERMS_MAX;
  }
  return packed;
}

export function openNearTerms({ hashes, terms }: PackedNearTerms, known: StringTable): NearTerms {
  return (typed) => {
    const isShort = typed.length === LETTERS.least - 1;
    if (!isShort && !isTypable(typed)) return [];
    const near = new Set<number>();
    // A short word may lack a letter ("itm"); with another changed it is near too many.
    for (const form of isShort ? [typed] : [typed, ...withoutOneLetter(typed)]) {
      const hash = hashText(form);
      for (let at = firstAt(hashes, hash); hashes[at] === hash; at++) near.add(terms[at] ?? 0);
    }
    return [...near].map(known.at).filter((term) => isOneSlip(typed, term));
  };
}

/** Hash and number share one float's 53 bits, so that a plain sort orders them. */
const TERMS_MAX = 2 ** 21;

/** The first place whose hash is not below this one. */
function firstAt(hashes: Uint32Array, hash: number): number {
  let low = 0;
  let high = hashes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((hashes[middle] ?? 0) < hash) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isTypable(term: string): boolean {
  return term.length >= LETTERS.least && term.length <= LETTERS.most && /^\p{L}+$/u.test(term);
}
