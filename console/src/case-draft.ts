/** What the form of a test case starts with, for a visitor's message. Pure. */
import { CASE_MESSAGE_MAX_CHARS, CASE_MESSAGES_MAX, FACTS_MAX } from '@firstword/shared/answer-cases';
import { cutText } from '@firstword/shared/cut-text';
import type { CaseKind, SavedCase } from '@firstword/shared/evaluation-case';
import type { Message } from '@firstword/shared/wire';
import { answerTo, isQuestion } from './replay-run.ts';

export interface CaseDraft {
  readonly conversation: readonly string[];
  readonly facts: readonly string[];
  readonly absent: readonly string[];
  readonly cites: readonly string[];
  readonly kind: CaseKind;
}

/** @param known the case that this message has already */
export function caseDraftOf(messages: readonly Message[], question: Message, known: SavedCase | undefined): CaseDraft {
  if (known !== undefined) return { ...known, cites: known.cites ?? [] };
  const asked = messages.filter((message) => isQuestion(message) && message.seq <= question.seq);
  const answer = answerTo(messages, question.seq);
  const cited = (answer?.citations ?? []).flatMap(({ article }) => article ?? []);
  return {
    // The form has one message on each line.
    conversation: asked.slice(-CASE_MESSAGES_MAX).map(({ text }) => onOneLine(text)),
    facts: [],
    absent: [],
    cites: [...new Set(cited)].slice(0, FACTS_MAX),
    kind: answer?.from === 'assistant' && answer.offer === undefined ? 'answered' : 'any',
  };
}

const onOneLine = (text: string) => cutText(text.replace(/\s*\n\s*/g, ' ').trim(), CASE_MESSAGE_MAX_CHARS);
