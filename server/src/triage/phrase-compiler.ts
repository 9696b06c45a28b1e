/** Compiles a phrase (its syntax: phrases/phrases.ts) into steps that the phrase finder walks. */
import { wordsOf } from './hand-off-words.ts';
import type { Phrases } from './phrases/phrases.ts';

/** `symbol` is an id of phrase-symbols.ts: a set of words, any of which matches. */
export type Step =
  | { readonly kind: 'end' }
  | { readonly kind: 'word'; readonly symbol: number; readonly next: Step }
  | { readonly kind: 'gap'; readonly most: number; readonly next: Step }
  | { readonly kind: 'edge'; readonly edge: 'start' | 'end'; readonly next: Step }
  | { readonly kind: 'fork'; readonly ways: readonly Step[] };

/** Words that `..` may skip. */
const GAP_WORDS = 3;

/** Splits one part of a phrase into its alternatives, each a sequence of words. */
export type Choices = (part: string, phrase: string) => readonly (readonly string[])[];

/**
 * @param idOf the symbol of a set of words
 * @throws Error naming the phrase when it cannot be read
 */
export function compilePhrase(
  phrase: string,
  choicesOf: Choices,
  idOf: (alternatives: readonly string[]) => number,
): Step {
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

/** Caches what it has split, because many phrases use the same sets. */
export function createChoices(sets: Phrases<string>['sets']): Choices {
  const known = new Map<string, string[][]>();
  const ofSet = (name: string, phrase: string) => {
    const set = sets[name];
    if (set === undefined)
      throw new Error(`phrase "${phrase}": unknown set "${name}"; known are ${Object.keys(sets).join(', ') || 'none'}`);
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

/** One written entry can be several words of a message: Chinese and Japanese are split into characters. */
function splitEntry(written: string, phrase: string): string[] {
  if (written === '#' || written === '$') return [written];
  const [before, after] = [written.startsWith('*') ? '*' : '', /[*~]$/.exec(written)?.[0] ?? ''];
  const words = wordsOf(written.slice(before.length, written.length - after.length));
  if (words.length === 0) throw new Error(`phrase "${phrase}": "${written}" contains no word`);
  return words.map((word, index) => {
    const isLast = index === words.length - 1;
    return `${index === 0 ? before : ''}${word}${isLast ? after : ''}`;
  });
}

/** All single words of a choice share one symbol, so a set of 50 words costs one lookup. */
function chooseAmong(
  choices: readonly (readonly string[])[],
  idOf: (alternatives: readonly string[]) => number,
  next: Step,
): Step {
  const single = choices.filter(({ length }) => length === 1).flat();
  const words = single.filter((word) => word !== '$');
  // The longest first: a match reaches as far as it can, so that 好的 is one phrase and leaves no 的 over.
  const sequences = choices.filter(({ length }) => length > 1).sort((one, other) => other.length - one.length);
  const ways = sequences.map((sequence) =>
    sequence.reduceRight<Step>((rest, word) => ({ kind: 'word', symbol: idOf([word]), next: rest }), next),
  );
  if (words.length > 0) ways.push({ kind: 'word', symbol: idOf(words), next });
  if (words.length < single.length) ways.push({ kind: 'edge', edge: 'end', next });
  const [only, ...others] = ways;
  return only !== undefined && others.length === 0 ? only : { kind: 'fork', ways };
}

/** The symbols a match can begin with, and whether it must begin at a sentence's start. */
export function firstSymbols(step: Step, anchored: boolean): [number, boolean][] {
  if (step.kind === 'word') return [[step.symbol, anchored]];
  if (step.kind === 'fork') {
    const found = new Map(step.ways.flatMap((way) => firstSymbols(way, anchored)));
    return [...found];
  }
  if (step.kind === 'edge') return firstSymbols(step.next, true);
  throw new Error('a phrase must begin with a word, not with a gap');
}
