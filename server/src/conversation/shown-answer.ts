/** Follows an answer for agents, in no turn: what a visitor would see of it, and at its end what they would get. */

import type { AnswerEvent } from './answer-event.ts';
import type { AnswerCheck, CheckedAnswer } from './check-answer.ts';
import { conversationTexts } from './conversation-texts.ts';
import type { AnswerGround } from './turn-ending.ts';

export type ShownStep =
  | { readonly ttftMs: number }
  | { readonly text: string }
  /** The text so far is not part of the answer. */
  | { readonly retracted: true };

export interface WholeAnswer extends CheckedAnswer, AnswerGround {
  /** A ticket would be opened. */
  readonly handsOff: boolean;
  /** The model's token limit ended it. */
  readonly shortened: boolean;
}

/** Throws what the models throw. */
export async function* showAnswer(
  events: AsyncIterable<AnswerEvent>,
  start: AnswerGround & { readonly locale: string | undefined },
  check: AnswerCheck,
): AsyncGenerator<ShownStep, WholeAnswer> {
  const { knowledge, locale } = start;
  let { sources, coverage } = start;
  let shown = '';
  let handsOff = false;
  let isClaiming = true;
  let shortened = false;
  for await (const event of events) {
    if (event.type === 'model') yield { ttftMs: event.ttftMs };
    if (event.type === 'text') {
      shown += event.text;
      yield { text: event.text };
    }
    if (event.type === 'retract') {
      shown = '';
      yield { retracted: true };
    }
    if (event.type === 'end') shortened = event.finish === 'shortened';
    if (event.type === 'end' && event.finish === 'filtered') {
      shown = conversationTexts(locale).answerFiltered;
      isClaiming = false;
    }
    if (event.type === 'found') ({ sources, coverage } = event);
    if (event.type !== 'decision') continue;
    handsOff = event.decision.reason !== undefined;
    isClaiming = event.decision.handling !== 'agent' && event.decision.handling !== 'smalltalk';
  }
  const checked = isClaiming ? await check(shown, sources, knowledge) : { text: shown, citations: [], unsupported: [] };
  return { ...checked, sources, coverage, knowledge, handsOff, shortened };
}
