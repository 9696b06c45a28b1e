/** Runs what a question runs before its model is asked, so that the first visitor doesn't wait for code to be compiled and word lists to be read. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { HandOffRules } from '../triage/hand-off-rules.ts';
import type { MessageReader } from '../triage/message-signals.ts';
import { offerReasonOf } from '../triage/offer-reason.ts';
import { findAnswerSources } from './answer-sources.ts';
import { buildAnswerPrompt } from './prompt.ts';

export interface CodeWarmUpParts {
  readonly readMessage: MessageReader;
  readonly rules: HandOffRules;
}

/** One for each kind of word list and word boundary. */
const QUESTIONS = [
  'How long do I have to return an item?',
  'Wie lange kann ich einen Artikel zurückgeben?',
  'Combien de temps ai-je pour retourner un article ?',
  '¿Cuánto tiempo tengo para devolver un artículo?',
  '商品の返品はいつまでできますか？',
  '退货期限是多久？',
  'كم من الوقت لدي لإرجاع منتج؟',
];
/** The first run takes 16 ms for each question, the fourth less than 1 ms. */
const RUNS = 3;

/** Works for about 150 ms, in pieces. */
export async function warmUpCode({ readMessage, rules }: CodeWarmUpParts, knowledge: Knowledge): Promise<void> {
  const answer = { text: 'You have 30 days. Did this help?', offersAgent: false };
  const earlier = QUESTIONS.slice(0, 3).map((question) => ({ question, answer, isFailed: false }));
  for (let run = 0; run < RUNS; run++)
    for (const text of QUESTIONS) {
      const found = findAnswerSources(knowledge, undefined, { text, history: [] });
      const signals = readMessage({ text, last: answer, earlier });
      rules(signals);
      offerReasonOf(signals);
      buildAnswerPrompt({ siteName: '', marker: '', history: [], text, ...found });
      await nextTurn();
    }
}
