/**
 * Recognises our own instructions in an answer, and withholds it from there on. They contain no secret, but an assistant that recites
 * its prompt is of no use to a visitor, and shows an attacker what to argue against.
 */
import { createHash } from 'node:crypto';
import type { ChatEvent } from '../gateway/chat-call.ts';
import type { DelegatingIterator } from '../lib/lazy-iterator.ts';
import type { TokenHash } from '../lib/tokens.ts';

/** What gave it away: the marker of the prompt, or a run of its words. */
export type Recognised = 'marker' | 'instructions';

/** Reads the next piece of an answer. However an answer is cut into pieces, it is recognised or not. */
export type InstructionReader = (piece: string) => Recognised | undefined;

/** Words in a row. Below it, "the articles do not answer the question" would count. */
const RUN_WORDS = 10;
/** Longer than any of our words. */
const WORD_MAX_CHARS = 24;
const LETTER = /\p{L}/u;
/** Of the marker, in a row: any 15 of its characters contain one of these, so that no reader ever gets all of it. */
const PART_CHARS = 8;
const NO_USAGE = { promptTokens: 0, completionTokens: 0, estimated: true } as const;

/** In hexadecimal, 24 characters. */
export function createPromptMarker(hash: TokenHash): string {
  return createHash('sha256').update(hash('marker of prompts')).digest('hex').slice(0, 24);
}

/** @param marker lower-case letters and digits */
export function createInstructionReaders(texts: readonly string[], marker: string): () => InstructionReader {
  const known = new Set<string>();
  const runs = new Set<string>();
  for (const text of texts) {
    const words = wordsOf(text);
    for (const word of words) known.add(word);
    for (let at = 0; at + RUN_WORDS <= words.length; at++) runs.add(words.slice(at, at + RUN_WORDS).join(' '));
  }
  const parts = marker.match(new RegExp(`.{${PART_CHARS}}`, 'g')) ?? [];

  return () => {
    let tail = '';
    /** May go on in the next piece. */
    let word = '';
    let run: string[] = [];

    const hasMarker = (letters: string) => {
      const text = tail + letters;
      tail = text.slice(1 - PART_CHARS);
      return parts.some((part) => text.includes(part));
    };
    const endWord = () => {
      run = known.has(word) ? [...run.slice(1 - RUN_WORDS), word] : [];
      word = '';
      return run.length === RUN_WORDS && runs.has(run.join(' '));
    };
    // By character and without a regular expression, because every token of every answer passes here.
    return (piece) => {
      let letters = '';
      let isInstructions = false;
      for (const character of piece.toLowerCase()) {
        const isLatin = character >= 'a' && character <= 'z';
        if (isLatin || (character >= '0' && character <= '9')) letters += character;
        if (isLatin || (character > '\x7f' && LETTER.test(character))) {
          if (word.length < WORD_MAX_CHARS) word += character;
        } else if (word !== '') isInstructions = endWord() || isInstructions;
      }
      if (hasMarker(letters)) return 'marker';
      return isInstructions ? 'instructions' : undefined;
    };
  };
}

/** Numbers and punctuation don't count, so a list or quotation marks change nothing. */
const wordsOf = (text: string) =>
  Array.from(text.matchAll(/\p{L}+/gu), ([word]) => word.slice(0, WORD_MAX_CHARS).toLowerCase());

/**
 * Retracts an answer that recites our instructions, ends it as a content filter would, and ends the model's call. Holds
 * nothing else back. Not a generator, which would cost each token three more promises.
 */
export function withoutInstructions(
  events: AsyncIterable<ChatEvent>,
  createReader: () => InstructionReader,
  onRecognised: (what: Recognised) => void,
): DelegatingIterator<ChatEvent> {
  const inner = events[Symbol.asyncIterator]();
  let read = createReader();
  /** Follows the retraction. */
  let end: ChatEvent | undefined;
  let isOver = false;

  const close = async () => {
    isOver = true;
    await inner.return?.();
  };
  const check = (step: IteratorResult<ChatEvent, void>): IteratorResult<ChatEvent, void> => {
    if (step.done) return step;
    const event = step.value;
    if (event.type === 'retract') read = createReader();
    // The end of an answer ends its last word.
    const piece = event.type === 'text' ? event.text : event.type === 'end' ? '\n' : '';
    const what = piece === '' ? undefined : read(piece);
    if (what === undefined) return step;
    onRecognised(what);
    close().catch(() => {}); // its answer is not wanted any more
    end = { type: 'end', finish: 'filtered', usage: event.type === 'end' ? event.usage : NO_USAGE };
    return { done: false, value: { type: 'retract' } };
  };

  return {
    next() {
      const value = end;
      end = undefined;
      if (value !== undefined) return Promise.resolve({ done: false, value });
      return isOver ? Promise.resolve({ done: true, value: undefined }) : inner.next().then(check);
    },
    async return() {
      await close();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
