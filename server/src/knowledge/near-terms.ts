/** Finds the terms that a mistyped word may have meant: one letter left out, added, changed, or two that changed places. */

export type NearTerms = (typed: string) => readonly string[];

/** Shorter words are too near to too many others; longer ones are no words. */
const LETTERS = { least: 4, most: 20 };

export function createNearTerms(known: Iterable<string>): NearTerms {
  // Two words one slip apart become equal when at most one letter is taken out of each.
  const byRest = new Map<string, string[]>();
  for (const term of known) {
    if (!isTypable(term)) continue;
    for (const rest of [term, ...withoutOneLetter(term)]) {
      const list = byRest.get(rest) ?? [];
      list.push(term);
      byRest.set(rest, list);
    }
  }
  return (typed) => {
    if (!isTypable(typed)) return [];
    const near = new Set([typed, ...withoutOneLetter(typed)].flatMap((rest) => byRest.get(rest) ?? []));
    return [...near].filter((term) => isOneSlip(typed, term));
  };
}

function isTypable(term: string): boolean {
  return term.length >= LETTERS.least && term.length <= LETTERS.most && /^\p{L}+$/u.test(term);
}

function withoutOneLetter(word: string): string[] {
  return Array.from({ length: word.length }, (_, index) => word.slice(0, index) + word.slice(index + 1));
}

function isOneSlip(typed: string, meant: string): boolean {
  let start = 0;
  while (start < meant.length && typed[start] === meant[start]) start++;
  const [left, right] = [typed.slice(start), meant.slice(start)];
  if (left.length !== right.length)
    return left.length > right.length ? left.slice(1) === right : left === right.slice(1);
  const changed = left.slice(1) === right.slice(1);
  const swapped = left[0] === right[1] && left[1] === right[0] && left.slice(2) === right.slice(2);
  return changed || swapped;
}
