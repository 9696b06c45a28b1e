/** Counts the answers in a row that failed, or that the visitor's next message shows not to have helped. Pure. */
import { createComplaintFinder } from './complaint.ts';
import { repeatsQuestion } from './repeated-question.ts';
import { createReplyReader, type LastAnswer } from './reply.ts';

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

/** @param earlier oldest first @param text the visitor's message after them @returns at most 2 */
export type UnhelpfulCounter = (earlier: readonly Exchange[], text: string) => number;

/** @param repeats whether the same question again counts: it may have other reasons, so it is too little for a ticket */
export function createUnhelpfulCounter({ repeats }: { repeats: boolean }): UnhelpfulCounter {
  const complaintIn = createComplaintFinder();
  const readReply = createReplyReader();
  const isRejected = ({ answer, isFailed }: Exchange, next: string, asked: readonly string[]) => {
    if (isFailed || complaintIn(next) !== undefined) return true;
    const reply = readReply(next, answer);
    if (reply === 'not-helped' || reply === 'bare-no') return true;
    return repeats && asked.some((question) => repeatsQuestion(next, question));
  };
  return (earlier, text) => {
    const questions = earlier.map(({ question }) => question);
    let next = text;
    let count = 0;
    for (const [at, exchange] of [...earlier.entries()].reverse()) {
      if (!isRejected(exchange, next, questions.slice(Math.max(0, at + 1 - COMPARED_MAX), at + 1))) break;
      count++;
      if (count === COUNTED_MAX) break;
      next = exchange.question;
    }
    return count;
  };
}
