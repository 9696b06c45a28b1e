/** Shortens a long conversation for an analysis: start and end in full, in between only sentences that state a fact. */
import type { Message } from '@firstword/shared/wire';
import { estimateTokens } from '../gateway/token-usage.ts';

interface DigestedMessage {
  readonly seq: number;
  readonly from: Message['from'];
  /** Original text; `…` replaces sentences without facts. */
  readonly text: string;
}

export interface Digest {
  readonly messages: readonly DigestedMessage[];
  /** Number of messages that were left out completely. */
  readonly omitted: number;
}

/** Messages kept in full at the start and at the end. */
const FIRST = 2;
const LAST = 6;
const TOKENS_PER_FRAME = 14;
/** Facts may exceed the budget by this factor; more, such as a pasted log, could exceed the model's context. */
const CEILING = 4;

/**
 * Facts keep their original wording: sentences with a number, date, order id, address or amount, and quotes from an
 * article. Facts may exceed the budget four times; beyond that the oldest are left out first.
 */
export function digestConversation(
  messages: readonly Message[],
  quoted: (text: string) => boolean,
  budgetTokens: number,
): Digest {
  const relevant = messages.filter(({ text, from, state }) => text !== '' && from !== 'system' && state !== 'failed');
  const kept = new Map<number, DigestedMessage>();
  const keep = ({ seq, from }: Message, text: string) => kept.set(seq, { seq, from, text });
  const isFact = (text: string) => statesFact(text) || quoted(text);

  const middle = relevant.slice(FIRST, Math.max(FIRST, relevant.length - LAST));
  for (const message of relevant) if (!middle.includes(message)) keep(message, message.text);
  for (const message of middle) if (isFact(message.text)) keep(message, factsOf(message.text, isFact));
  const facts = middle.flatMap(({ seq }) => kept.get(seq) ?? []);
  let factTokens = facts.reduce((sum, { text }) => sum + cost(text), 0);
  for (const { seq, text } of facts) {
    if (factTokens <= budgetTokens * CEILING) break;
    factTokens -= cost(text);
    kept.delete(seq);
  }
  let room = budgetTokens - [...kept.values()].reduce((sum, { text }) => sum + cost(text), 0);
  // Newest first; a message that does not fit in full keeps its facts.
  for (const message of middle.toReversed()) {
    const already = kept.get(message.seq);
    const price = cost(message.text) - (already === undefined ? 0 : cost(already.text));
    if (price > room) continue;
    room -= price;
    keep(message, message.text);
  }
  return {
    messages: relevant.flatMap(({ seq }) => kept.get(seq) ?? []),
    omitted: relevant.length - kept.size,
  };
}

const cost = (text: string) => estimateTokens(text) + TOKENS_PER_FRAME;

function factsOf(text: string, isFact: (sentence: string) => boolean): string {
  const sentences = splitSentences(text);
  const parts: string[] = [];
  let isKept = true;
  for (const sentence of sentences) {
    const wasKept = isKept;
    isKept = isFact(sentence.trim());
    if (isKept) parts.push(wasKept ? sentence : sentence.trimStart());
    else if (wasKept) parts.push(`${parts.pop()?.trimEnd() ?? ''} … `);
  }
  // A quote that spans two sentences is in neither of them.
  return parts.every((part) => part.trim() === '…') ? text : parts.join('').trim();
}

/** Splits only before whitespace, so that `12.50` and `A.B-7` stay intact. The parts join to the original text. */
function splitSentences(text: string): string[] {
  return (
    text.match(/[^.!?。！？\n]+(?:[.!?。！？](?=\S)[^.!?。！？\n]*)*[.!?。！？\n]*\s*|[.!?。！？\n]+\s*/g) ?? [text]
  );
}

/** What precedes an `@` is not searched for: from each letter of a long word, that would read the rest of it. */
const FACT =
  /\d|[\w.+-]@[\w-]{1,63}\.|https?:\/\/|[$€£¥₹]|\b(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b/;

function statesFact(text: string): boolean {
  return FACT.test(text);
}
