/**
 * Finds phrases in a message by walking its words once: no regular expression meets the visitor's text, so no text can
 * make it slow. How phrases are written stands in wishes/phrases.ts.
 */
import { SENTENCE_END, wordsOf } from './hand-off-words.ts';
import type { Phrases } from './wishes/phrases.ts';

/** Words `from` … `to` (exclusive) of the message matched a phrase of that name. */
export interface PhraseHit<Name extends string> {
  readonly name: Name;
  readonly from: number;
  readonly to: number;
}

type Step =
  | { readonly kind: 'end' }
  | { readonly kind: 'word'; readonly symbol: number; readonly next: Step }
  | { readonly kind: 'gap'; readonly most: number; readonly next: Step }
  | { readonly kind: 'edge'; readonly edge: 'start' | 'end'; readonly next: Step }
  | { readonly kind: 'fork'; readonly ways: readonly Step[] };

const GAP_WORDS = 3;
/** Letters that may stand before `*end`. */
const CLITIC_LETTERS = 3;
/** Beyond this a word is no slip of a listed one. */
const SLIP_WORD_LETTERS = 20;

/** @throws Error naming the phrase, when it has no words where some must stand or names a set that does not exist */
export function createPhraseFinder<Name extends string>(
  languages: readonly Phrases<Name>[],
): (text: string) => PhraseHit<Name>[] {
  const symbols = createSymbols();
  const byFirst = new Map<number, { name: Name; anchored: boolean; step: Step }[]>();
  for (const { sets, phrases } of languages) {
    const choicesOf = createChoices(sets);
    for (const [name, list] of Object.entries(phrases) as [Name, readonly string[]][])
      for (const phrase of list) {
        const step = compile(phrase, choicesOf, symbols.idOf);
        for (const [symbol, anchored] of firstSymbols(step, false)) {
          const starting = byFirst.get(symbol) ?? [];
          starting.push({ name, anchored, step });
          byFirst.set(symbol, starting);
        }
      }
  }

  return (text) => {
    const words = wordsOf(text);
    const distinct = new Map([...new Set(words)].map((word) => [word, symbols.of(word)]));
    const present = new Set([...distinct.values()].flatMap((found) => [...found]));
    const possible = new Map(
      [...present].map((symbol) => [
        symbol,
        (byFirst.get(symbol) ?? []).filter(({ step }) => couldMatch(step, present)),
      ]),
    );
    const known = words.map((word) => distinct.get(word) ?? present);
    const hits: PhraseHit<Name>[] = [];
    for (let from = 0; from < words.length; from++) {
      for (const symbol of known[from] ?? [])
        for (const { name, anchored, step } of possible.get(symbol) ?? []) {
          if (anchored && !isEdge(words[from - 1])) continue;
          const to = matchFrom(step, from, words, known);
          if (to > from) hits.push({ name, from, to });
        }
    }
    return hits;
  };
}

const isEdge = (word: string | undefined) => word === undefined || word === SENTENCE_END;

/** Whether the message has the words for it at all, wherever they stand: most phrases are out before the walk begins. */
function couldMatch(step: Step, present: ReadonlySet<number>): boolean {
  if (step.kind === 'end') return true;
  if (step.kind === 'fork') return step.ways.some((way) => couldMatch(way, present));
  if (step.kind === 'word' && !present.has(step.symbol)) return false;
  return couldMatch(step.next, present);
}

/** The position behind the match, or -1. Depth and width are those of the phrase, never of the text. */
function matchFrom(step: Step, at: number, words: readonly string[], known: readonly ReadonlySet<number>[]): number {
  switch (step.kind) {
    case 'end':
      return at;
    case 'word':
      return known[at]?.has(step.symbol) ? matchFrom(step.next, at + 1, words, known) : -1;
    case 'edge':
      return isEdge(words[step.edge === 'start' ? at - 1 : at]) ? matchFrom(step.next, at, words, known) : -1;
    case 'gap':
      for (let skipped = 0; skipped <= step.most; skipped++) {
        const to = matchFrom(step.next, at + skipped, words, known);
        if (to >= 0) return to;
        if (isEdge(words[at + skipped])) return -1;
      }
      return -1;
    case 'fork':
      for (const way of step.ways) {
        const to = matchFrom(way, at, words, known);
        if (to >= 0) return to;
      }
      return -1;
  }
}

type Choices = (part: string, phrase: string) => readonly (readonly string[])[];

function compile(phrase: string, choicesOf: Choices, idOf: (alternatives: readonly string[]) => number): Step {
  return phrase.split(' ').reduceRight<Step>(
    (next, part) => {
      if (part === '^' || part === '$') return { kind: 'edge', edge: part === '^' ? 'start' : 'end', next };
      if (part.startsWith('..')) return { kind: 'gap', most: part === '..' ? GAP_WORDS : Number(part.slice(2)), next };
      const optional = part.endsWith('?');
      const step = chooseAmong(choicesOf(optional ? part.slice(0, -1) : part, phrase), idOf, next);
      return optional ? { kind: 'fork', ways: [step, next] } : step;
    },
    { kind: 'end' },
  );
}

/** Remembers what it has taken apart: the same sets stand in many phrases. */
function createChoices(sets: Phrases<string>['sets']): Choices {
  const known = new Map<string, string[][]>();
  const ofSet = (name: string, phrase: string) => {
    const set = sets[name];
    if (set === undefined) throw new Error(`phrase "${phrase}": there is no set "${name}"`);
    return set.split(',').map((entry) =>
      entry
        .trim()
        .split(' ')
        .flatMap((word) => splitEntry(word, phrase)),
    );
  };
  return (part, phrase) => {
    const choices =
      known.get(part) ??
      part.split('|').flatMap((choice) => {
        const name = /^\{(\w+)\}$/.exec(choice)?.[1];
        return name === undefined ? [splitEntry(choice, phrase)] : ofSet(name, phrase);
      });
    known.set(part, choices);
    return choices;
  };
}

/** A written word may be several words of a message: Chinese and Japanese come sign by sign. */
function splitEntry(written: string, phrase: string): string[] {
  if (written === '#' || written === '$') return [written];
  const [before, after] = [written.startsWith('*') ? '*' : '', /[*~]$/.exec(written)?.[0] ?? ''];
  const words = wordsOf(written.slice(before.length, written.length - after.length));
  if (words.length === 0) throw new Error(`phrase "${phrase}": "${written}" holds no word`);
  return words.map((word, index) => {
    const isLast = index === words.length - 1;
    return `${index === 0 ? before : ''}${word}${isLast ? after : ''}`;
  });
}

/** All single words of a choice become one symbol, so a set of fifty words costs one look. */
function chooseAmong(
  choices: readonly (readonly string[])[],
  idOf: (alternatives: readonly string[]) => number,
  next: Step,
): Step {
  const single = choices.filter(({ length }) => length === 1).flat();
  const words = single.filter((word) => word !== '$');
  const ways: Step[] = words.length > 0 ? [{ kind: 'word', symbol: idOf(words), next }] : [];
  if (words.length < single.length) ways.push({ kind: 'edge', edge: 'end', next });
  for (const sequence of choices.filter(({ length }) => length > 1))
    ways.push(sequence.reduceRight<Step>((rest, word) => ({ kind: 'word', symbol: idOf([word]), next: rest }), next));
  const [only, ...others] = ways;
  return only !== undefined && others.length === 0 ? only : { kind: 'fork', ways };
}

/** What a match can begin with, and whether it must then begin a sentence. */
function firstSymbols(step: Step, anchored: boolean): [number, boolean][] {
  if (step.kind === 'word') return [[step.symbol, anchored]];
  if (step.kind === 'fork') {
    const found = new Map(step.ways.flatMap((way) => firstSymbols(way, anchored)));
    return [...found];
  }
  if (step.kind === 'edge') return firstSymbols(step.next, true);
  throw new Error('a phrase must begin with a word');
}

/** Which listed words a word of a message stands for. */
function createSymbols() {
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

  const enter = (written: string, id: number) => {
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
    idOf(alternatives: readonly string[]): number {
      const key = [...alternatives].sort().join('|');
      const known = ids.get(key);
      if (known !== undefined) return known;
      const id = ids.size;
      ids.set(key, id);
      for (const written of alternatives) enter(written, id);
      return id;
    },

    of(word: string): ReadonlySet<number> {
      const found = new Set(exact.get(word));
      const take = (list: readonly number[] | undefined) => {
        for (const id of list ?? []) found.add(id);
      };
      for (let length = 1; length <= Math.min(longestBeginning, word.length); length++)
        take(beginnings.get(word.slice(0, length)));
      for (let skipped = 0; skipped <= CLITIC_LETTERS && skipped < word.length; skipped++) {
        take(ends.get(word.slice(skipped)));
        for (let end = skipped + 1; end <= Math.min(skipped + longestMiddle, word.length); end++)
          take(middles.get(word.slice(skipped, end)));
      }
      if (/^\p{N}/u.test(word)) take(numbers);
      if (word.length <= SLIP_WORD_LETTERS)
        for (const shorter of [word, ...withoutOneLetter(word)])
          for (const meant of slips.get(shorter) ?? []) if (isOneSlip(word, meant)) take(tolerant.get(meant));
      return found;
    },
  };
}

function withoutOneLetter(word: string): string[] {
  return [...word].map((_, index) => word.slice(0, index) + word.slice(index + 1));
}

/** Equal, or apart by one letter left out, added or changed, or by two neighbours that changed places. */
function isOneSlip(typed: string, meant: string): boolean {
  if (Math.abs(typed.length - meant.length) > 1) return false;
  let start = 0;
  while (start < meant.length && typed[start] === meant[start]) start++;
  const rest = (word: string, skipped: number) => word.slice(start + skipped);
  if (typed.length !== meant.length)
    return typed.length > meant.length ? rest(typed, 1) === rest(meant, 0) : rest(typed, 0) === rest(meant, 1);
  if (rest(typed, 1) === rest(meant, 1)) return true;
  return typed[start] === meant[start + 1] && typed[start + 1] === meant[start] && rest(typed, 2) === rest(meant, 2);
}
