/** A long conversation cut to what an analysis needs: its ends whole, and between them whatever states a fact. */
import type { Message } from '@firstword/shared/wire';
import { estimateTokens } from '../gateway/token-usage.ts';

interface DigestedMessage {
  readonly seq: number;
  readonly from: Message['from'];
  /** The message's own words; `…` stands where sentences without facts were left out. */
  readonly text: string;
}

export interface Digest {
  readonly messages: readonly DigestedMessage[];
  /** Messages left out whole. */
  readonly omitted: number;
}

/** How it began, and where it stands now. */
const FIRST = 2;
const LAST = 6;
const TOKENS_PER_FRAME = 14;
/** Facts may fill the budget so many times over; a pasted log beyond that would only make the model refuse. */
const CEILING = 4;

/**
 * A fact is kept in its own words: a sentence with a number, date, order id, address or amount, and any that quotes an
 * article. Facts may pass the budget, up to four times; what is left out goes the oldest first.
 */
export function digestConversation(
  messages: readonly Message[],
  quoted: (text: string) => boolean,
  budgetTokens: number,
): Digest {
  const told = messages.filter(({ text, from, state }) => text !== '' && from !== 'system' && state !== 'failed');
  const kept = new Map<number, DigestedMessage>();
  const keep = ({ seq, from }: Message, text: string) => kept.set(seq, { seq, from, text });
  const isFact = (text: string) => statesFact(text) || quoted(text);

  const middle = told.slice(FIRST, Math.max(FIRST, told.length - LAST));
  for (const message of told) if (!middle.includes(message)) keep(message, message.text);
  for (const message of middle) if (isFact(message.text)) keep(message, factsOf(message.text, isFact));
  const facts = middle.flatMap(({ seq }) => kept.get(seq) ?? []);
  let factTokens = facts.reduce((sum, { text }) => sum + cost(text), 0);
  for (const { seq, text } of facts) {
    if (factTokens <= budgetTokens * CEILING) break;
    factTokens -= cost(text);
    kept.delete(seq);
  }
  let room = budgetTokens - [...kept.values()].reduce((sum, { text }) => sum + cost(text), 0);
  // The newest first; where a message does not fit whole, its facts stay.
  for (const message of middle.toReversed()) {
    const already = kept.get(message.seq);
    const price = cost(message.text) - (already === undefined ? 0 : cost(already.text));
    if (price > room) continue;
    room -= price;
    keep(message, message.text);
  }
  return {
    messages: told.flatMap(({ seq }) => kept.get(seq) ?? []),
    omitted: told.length - kept.size,
  };
}

const cost = (text: string) => estimateTokens(text) + TOKENS_PER_FRAME;

function factsOf(text: string, isFact: (sentence: string) => boolean): string {
  const sentences = splitSentences(text);
  const facts = sentences.filter((sentence) => isFact(sentence.trim()));
  // A quote that runs over a sentence's end is in no single one.
  if (facts.length === 0) return text;
  return sentences
    .map((sentence) => (facts.includes(sentence) ? sentence : ' … '))
    .join('')
    .replace(/(?:\s*…\s*)+/g, ' … ')
    .trim();
}

/** Ends at a full stop with a space behind it, so that `12.50` and `A.B-7` stay whole. The parts join to the text. */
function splitSentences(text: string): string[] {
  return (
    text.match(/[^.!?。！？\n]+(?:[.!?。！？](?=\S)[^.!?。！？\n]*)*[.!?。！？\n]*\s*|[.!?。！？\n]+\s*/g) ?? [text]
  );
}

const FACT =
  /\d|[\w.+-]+@[\w-]+\.|https?:\/\/|[$€£¥₹]|\b(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b/;

function statesFact(text: string): boolean {
  return FACT.test(text);
}
