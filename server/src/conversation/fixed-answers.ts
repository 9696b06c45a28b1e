/** Answers without a model: from the cache, and the notice that an agent will reply or why none can. */
import type { HandOffDecision } from '../triage/hand-off.ts';
import type { Verdict } from '../triage/verdict.ts';
import type { AnswerEvent } from './answer-event.ts';
import { conversationTexts } from './conversation-texts.ts';
import type { TicketPermit } from './ticket-permit.ts';

/** The budget is spent or model calls are stopped, so agents answer. */
export const BUDGET_SPENT: HandOffDecision = {
  handling: 'agent',
  reasons: ['site:budget'],
  reason: 'budget',
  urgency: 'normal',
};
const NOTHING_USED = { promptTokens: 0, completionTokens: 0, estimated: false } as const;

export async function* answerFromCache(text: string, decision: HandOffDecision): AsyncGenerator<AnswerEvent, void> {
  yield { type: 'route', tier: 'fast', why: 'answer cache: this question was answered before' };
  yield { type: 'decision', decision };
  yield { type: 'text', text };
  yield { type: 'end', finish: 'complete', usage: NOTHING_USED };
}

/** What the visitor reads instead of an answer. A decision without a reason opens no ticket, because of the ceilings. */
export function noticeOf(
  { reason, reasons }: HandOffDecision,
  locale: string | undefined,
  { minutesUntilNext }: Pick<TicketPermit, 'minutesUntilNext'>,
): string {
  const texts = conversationTexts(locale);
  if (reason !== undefined) return texts.agentWillReply;
  return reasons.some((one) => BUDGET_SPENT.reasons.includes(one))
    ? texts.limitReached
    : texts.agentLimit.replace('{minutes}', String(minutesUntilNext()));
}

/** At once. */
export async function* answerWithHandOff(
  decision: HandOffDecision,
  text: string,
  verdict?: Verdict,
): AsyncGenerator<AnswerEvent, void> {
  yield { type: 'decision', decision, ...(verdict === undefined ? {} : { verdict }) };
  yield { type: 'text', text };
  yield { type: 'end', finish: 'complete', usage: NOTHING_USED };
}
