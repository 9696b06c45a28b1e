/** Turns an agent's review into a case for `npm run eval -- answers`: what a right answer says, and what it must not say. Pure. */
import type { AnalysisRun } from '@firstword/shared/analysis';
import type { EvaluationCase } from '@firstword/shared/evaluation-case';
import type { Message } from '@firstword/shared/wire';
import { sentencesOf } from '../knowledge/framing.ts';

/** Of the visitor's messages, the last ones. */
const MESSAGES_MAX = 10;
const EXPECTED_MAX = 5;
const NUMBER = /\d+(?:[.,:]\d+)*/g;

/**
 * From a reply that was edited, or rejected and replaced: the numbers of one reply that the other does not state. Otherwise the
 * sentences that were rejected. Undefined when the reply was neither.
 */
export function evaluationCaseOf(run: AnalysisRun, messages: readonly Message[]): EvaluationCase | undefined {
  const { review, content } = run;
  if (content === undefined || (review.verdict !== 'rejected' && review.verdict !== 'edited')) return undefined;
  const asked = messages.filter(({ from, at }) => from === 'visitor' && at <= run.createdAt).slice(-MESSAGES_MAX);
  if (asked.length === 0) return undefined;
  const conversation = asked.map(({ text }) => text);
  const proposed = content.reply.text;
  const sent =
    review.finalText ?? messages.find(({ from, at }) => from === 'agent' && at >= (review.at ?? run.createdAt))?.text;
  // An answer may repeat what the visitor wrote.
  const known = numbersIn(conversation.join('\n'));
  const facts =
    sent === undefined ? [] : numbersIn(sent).filter((n) => ![...known, ...numbersIn(proposed)].includes(n));
  const wrong =
    sent === undefined ? [] : numbersIn(proposed).filter((n) => ![...known, ...numbersIn(sent)].includes(n));
  const dropped = sentencesOf(proposed).filter((sentence) => !(sent ?? '').includes(sentence));
  const isAboutNumbers = facts.length > 0 || wrong.length > 0;
  return {
    id: run.id,
    conversation,
    facts: facts.map(expressionOf).slice(0, EXPECTED_MAX),
    absent: (isAboutNumbers ? wrong.map(expressionOf) : dropped).slice(0, EXPECTED_MAX),
    kind: 'any',
    note: [review.verdict, review.reason, review.note].filter((part) => part !== undefined).join(': '),
  };
}

const numbersIn = (text: string) => [...new Set(text.match(NUMBER) ?? [])];

/** As a whole: 30 is not in 300. */
const expressionOf = (number: string) => `/(?<![\\d.,:])${number.replaceAll('.', '\\.')}(?!\\d)/`;
