/** Maps each word of a message to the word sets of the phrases that contain it. */
import { isOneSlip, withoutOneLetter } from '../lib/one-slip.ts';

export interface PhraseSymbols {
  /** The id of a set of words, written as in phrases/phrases.ts; the same set has the same id. */
  idOf(alternatives: readonly string[]): number;
  /** The ids of all sets that this word of a message matches. */
  matching(word: string): ReadonlySet<number>;
}

/** Letters that `*end` allows before the listed ending. */
const CLITIC_LETTERS = 3;
/** A longer word is not compared with `word~` entries. */
const SLIP_WORD_LETTERS = 20;

export function createPhraseSymbols(): PhraseSymbols {
  const ids = new Map<string, number>();
  const exact = new Map<string, number[]>();
  const beginnings = new Map<string, number[]>();
  const ends = new Map<string, number[]>();
  const middles = new Map<string, number[]>();
  const slips = new Map<string, Set<string>>();
  const tolerant = new Map<string, number[]>();
  const numbers: number[] = [];
  let longestBeginning = 0;
  let longestMiddle = 0;

  const add = (map: Map<string, number[]>, key: string, id: number) => {
    const list = map.get(key) ?? [];
    list.push(id);
    map.set(key, list);
  };

  const register = (written: string, id: number) => {
    const bare = written.replace(/^\*|[*~]$/g, '');
    const open = written.endsWith('*');
    if (written === '#') numbers.push(id);
    else if (open && written.startsWith('*')) {
      add(middles, bare, id);
      longestMiddle = Math.max(longestMiddle, bare.length);
    } else if (open) {
      add(beginnings, bare, id);
      longestBeginning = Math.max(longestBeginning, bare.length);
    } else if (written.startsWith('*')) add(ends, bare, id);
    else if (written.endsWith('~')) {
      add(tolerant, bare, id);
      for (const shorter of [bare, ...withoutOneLetter(bare)])
        slips.set(shorter, (slips.get(shorter) ?? new Set()).add(bare));
    } else add(exact, bare, id);
  };

  return {
    idOf(alternatives) {
      const key = [...alternatives].sort().join('|');
      const known = ids.get(key);
      if (known !== undefined) return known;
      const id = ids.size;
      ids.set(key, id);
      for (const written of alternatives) register(written, id);
      return id;
    },

    matching(word) {
      const found = new Set(exact.get(word));
      const addAll = (list: readonly number[] | undefined) => {
        for (const id of list ?? []) found.add(id);
      };
      for (let length = 1; length <= Math.min(longestBeginning, word.length); length++)
        addAll(beginnings.get(word.slice(0, length)));
      for (let skipped = 0; skipped <= CLITIC_LETTERS && skipped < word.length; skipped++) {
        addAll(ends.get(word.slice(skipped)));
        for (let end = skipped + 1; end <= Math.min(skipped + longestMiddle, word.length); end++)
          addAll(middles.get(word.slice(skipped, end)));
      }
      if (/^\p{N}/u.test(word)) addAll(numbers);
      if (word.length <= SLIP_WORD_LETTERS)
        for (const shorter of [word, ...withoutOneLetter(word)])
          for (const meant of slips.get(shorter) ?? []) if (isOneSlip(word, meant)) addAll(tolerant.get(meant));
      return found;
    },
  };
}
