/** Reads from a conversation's earlier messages what the hand-off rules need. Pure. */
import type { Message } from '@firstword/shared/wire';
import type { LastAnswer } from '../triage/reply.ts';
import type { Exchange } from '../triage/unhelpful-answers.ts';

/** What these signals need of a message. */
export type Said = Pick<Message, 'from' | 'text' | 'state' | 'offer' | 'notice'>;

/** What happened since a ticket was resolved; undefined if none was. An answer with sources began another matter. */
export function sinceResolved(history: readonly Message[]): 'nothing' | 'answered' | undefined {
  const resolvedAt = history.findLastIndex(({ notice }) => notice === 'resolved');
  if (resolvedAt < 0) return undefined;
  return history.slice(resolvedAt).some(({ citations }) => citations !== undefined) ? 'answered' : 'nothing';
}

/** The visitor's messages with the assistant's answers, oldest first, since an agent last wrote or a ticket was resolved. */
export function exchangesOf(history: readonly Said[]): Exchange[] {
  const startsAt = history.findLastIndex(({ from, notice }) => from === 'agent' || notice === 'resolved') + 1;
  const exchanges: Exchange[] = [];
  let question: string | undefined;
  for (const message of history.slice(startsAt)) {
    if (message.from === 'visitor') question = message.text;
    if (message.from !== 'assistant' || question === undefined) continue;
    exchanges.push({ question, answer: answerOf(message), isFailed: isFailed(message) });
    question = undefined;
  }
  return exchanges;
}

/** The assistant's message, if it was the last before the visitor's. */
export function lastAnswer(history: readonly Said[]): LastAnswer | undefined {
  const last = history.findLast(({ from }) => from !== 'system');
  return last?.from === 'assistant' ? answerOf(last) : undefined;
}

const answerOf = ({ text, offer }: Said): LastAnswer => ({ text, offersAgent: offer === 'agent' });

const isFailed = ({ state }: Pick<Message, 'state'>) => state === 'failed' || state === 'interrupted';
