/** Counts the answers in a row that failed, or that the visitor's next message shows not to have helped. Pure. */
import { repeatsQuestion } from './repeated-question.ts';
import type { LastAnswer } from './reply.ts';

/** A visitor's message and the assistant's answer to it. */
export interface Exchange {
  readonly question: string;
  readonly answer: LastAnswer;
  /** The answer ended without its whole text. */
  readonly isFailed: boolean;
}

/** Earlier questions that a message may repeat: "That did not help" may be between them. */
const COMPARED_MAX = 3;
/** No rule needs more, and the first token waits for this. */
const COUNTED_MAX = 2;

/**
 * @param earlier oldest first
 * @param text the visitor's message after them
 * @param rejects whether a message says that the answer before it did not help
 * @returns at most 2
 */
export function countUnhelpful(
  earlier: readonly Exchange[],
  text: string,
  rejects: (message: string, answer: LastAnswer) => boolean,
): number {
  let next = text;
  let count = 0;
  for (const { question, answer, isFailed } of earlier.slice(-COUNTED_MAX).reverse()) {
    if (!isFailed && !rejects(next, answer)) break;
    count++;
    next = question;
  }
  return count;
}

/** The same question again has other reasons, too: enough to offer an agent, too little for a ticket. */
export const isRepeated = (earlier: readonly Exchange[], text: string): boolean =>
  earlier.slice(-COMPARED_MAX).some(({ question }) => repeatsQuestion(text, question));
