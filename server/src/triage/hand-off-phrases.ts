/**
 * Finds phrases in a message by walking its words once. No regular expression runs over the visitor's text, so no text
 * can make it slow. The syntax of phrases: phrases/phrases.ts.
 */
import { keysOf } from '@firstword/shared/keys-of';
import { SENTENCE_END, wordsOf } from './hand-off-words.ts';
import { compilePhrase, createChoices, firstSymbols, type Step } from './phrase-compiler.ts';
import { createPhraseSymbols } from './phrase-symbols.ts';
import type { Phrases } from './phrases/phrases.ts';

/** Words `from` … `to` (exclusive) of the message matched a phrase of that name. */
export interface PhraseHit<Name extends string> {
  readonly name: Name;
  readonly from: number;
  readonly to: number;
}

/** Which phrase matched which words. */
export interface PhraseExplanation<Name extends string> {
  readonly name: Name;
  readonly phrase: string;
  readonly words: string;
}

export interface PhraseFinder<Name extends string> {
  find(text: string): PhraseHit<Name>[];
  /** For maintaining the phrases: every match with the phrase that caused it. */
  explain(text: string): PhraseExplanation<Name>[];
}

interface CompiledPhrase<Name extends string> {
  readonly name: Name;
  readonly phrase: string;
  /** Matches at the start of a sentence only. */
  readonly anchored: boolean;
  readonly step: Step;
}

/** @throws Error naming the phrase that cannot be read, or the set that does not exist */
export function createPhraseFinder<Name extends string>(languages: readonly Phrases<Name>[]): PhraseFinder<Name> {
  const symbols = createPhraseSymbols();
  const byFirst = new Map<number, CompiledPhrase<Name>[]>();
  for (const { sets, phrases } of languages) {
    const choicesOf = createChoices(sets);
    for (const name of keysOf(phrases))
      for (const phrase of phrases[name] ?? []) {
        const step = compilePhrase(phrase, choicesOf, symbols.idOf);
        for (const [symbol, anchored] of firstSymbols(step, false)) {
          const starting = byFirst.get(symbol) ?? [];
          starting.push({ name, phrase, anchored, step });
          byFirst.set(symbol, starting);
        }
      }
  }

  function matchesIn(words: readonly string[]): (PhraseHit<Name> & { readonly phrase: string })[] {
    const distinct = new Map([...new Set(words)].map((word) => [word, symbols.matching(word)]));
    const present = new Set([...distinct.values()].flatMap((found) => [...found]));
    const possible = new Map(
      [...present].map((symbol) => [
        symbol,
        (byFirst.get(symbol) ?? []).filter(({ step }) => couldMatch(step, present)),
      ]),
    );
    const known = words.map((word) => distinct.get(word) ?? present);
    const hits: (PhraseHit<Name> & { phrase: string })[] = [];
    for (let from = 0; from < words.length; from++) {
      for (const symbol of known[from] ?? [])
        for (const { name, phrase, anchored, step } of possible.get(symbol) ?? []) {
          if (anchored && !isEdge(words[from - 1])) continue;
          const to = matchFrom(step, from, words, known);
          if (to > from) hits.push({ name, phrase, from, to });
        }
    }
    return hits;
  }

  return {
    find: (text) => matchesIn(wordsOf(text)),
    explain(text) {
      const words = wordsOf(text);
      return matchesIn(words).map(({ name, phrase, from, to }) => ({
        name,
        phrase,
        words: words.slice(from, to).join(' '),
      }));
    },
  };
}

const isEdge = (word: string | undefined) => word === undefined || word === SENTENCE_END;

/** Whether the message contains the phrase's words at all. Rules out most phrases before the walk. */
function couldMatch(step: Step, present: ReadonlySet<number>): boolean {
  if (step.kind === 'end') return true;
  if (step.kind === 'fork') return step.ways.some((way) => couldMatch(way, present));
  if (step.kind === 'word' && !present.has(step.symbol)) return false;
  return couldMatch(step.next, present);
}

/** The position after the match, or -1. Recursion depth depends on the phrase, never on the text. */
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
