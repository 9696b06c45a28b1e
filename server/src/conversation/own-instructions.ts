/**
 * Recognises our own instructions in an answer, and withholds it from there on. Nothing secret is in them; what it protects is
 * that an assistant that recites its prompt is of no use to a visitor and shows what to argue against.
 */
import { createHash } from 'node:crypto';
import type { ChatEvent } from '../gateway/chat-call.ts';
import type { TokenHash } from '../lib/tokens.ts';

/** What gave it away: the marker of the prompt, or a run of its words. */
export type Recognised = 'marker' | 'instructions';

/** Reads the next piece of an answer. However an answer is cut into pieces, it is recognised or not. */
export type InstructionReader = (piece: string) => Recognised | undefined;

/** Words in a row. Below it, "the articles do not answer the question" would count. */
const RUN_WORDS = 10;
/** Longer than any of our words. */
const WORD_MAX_CHARS = 24;
const WORD_OR_GAP = /\p{L}+|\P{L}+/gu;
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

    const hasMarker = (piece: string) => {
      const text = tail + piece.toLowerCase().replace(/[^a-z0-9]/g, '');
      tail = text.slice(1 - PART_CHARS);
      return parts.some((part) => text.includes(part));
    };
    const endWord = () => {
      if (word === '') return false;
      run = known.has(word.toLowerCase()) ? [...run.slice(1 - RUN_WORDS), word.toLowerCase()] : [];
      word = '';
      return run.length === RUN_WORDS && runs.has(run.join(' '));
    };
    return (piece) => {
      if (hasMarker(piece)) return 'marker';
      for (const [part] of piece.matchAll(WORD_OR_GAP)) {
        if (/^\p{L}/u.test(part)) word = (word + part).slice(0, WORD_MAX_CHARS);
        else if (endWord()) return 'instructions';
      }
      return undefined;
    };
  };
}

/** Numbers and signs don't count, so a list or quotation marks change nothing. */
const wordsOf = (text: string) =>
  Array.from(text.matchAll(/\p{L}+/gu), ([word]) => word.slice(0, WORD_MAX_CHARS).toLowerCase());

/** Takes back an answer that says our instructions, and ends it as a content filter would. Holds nothing else back. */
export async function* withoutInstructions(
  events: AsyncIterable<ChatEvent>,
  createReader: () => InstructionReader,
  onRecognised: (what: Recognised) => void,
): AsyncGenerator<ChatEvent, void> {
  let read = createReader();
  for await (const event of events) {
    if (event.type === 'retract') read = createReader();
    // The end of an answer ends its last word.
    const piece = event.type === 'text' ? event.text : event.type === 'end' ? '\n' : '';
    const what = piece === '' ? undefined : read(piece);
    if (what !== undefined) {
      onRecognised(what);
      yield { type: 'retract' };
      yield { type: 'end', finish: 'filtered', usage: event.type === 'end' ? event.usage : NO_USAGE };
      return; // which ends the model's call
    }
    yield event;
  }
}
