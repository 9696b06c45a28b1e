/** Rules that hand a conversation off without a model: deterministic, without a call, and before any model's verdict. */
import { MESSAGE_TEXT_MAX } from '@firstword/shared/limits';
import type { HandOffReason, Urgency } from '@firstword/shared/ticket';
import { createPhraseFinder } from './hand-off-phrases.ts';
import type { MessageSignals } from './message-signals.ts';
import { LANGUAGES, type TextRule } from './phrases/languages.ts';

export type Rule =
  | TextRule
  | 'not-solved'
  | 'not-helped'
  | 'displeased'
  | 'disputed'
  | 'repeated-failure'
  | 'no-knowledge';

export interface RuleHit {
  readonly rule: Rule;
  readonly reason: HandOffReason;
  readonly urgency: Urgency;
  /** The visitor also says that the resolved matter is not solved. */
  readonly notSolved?: true;
}

export type HandOffRules = (
  signals: MessageSignals,
  around?: {
    /** Whether the articles leave the question unanswered; absent when there was no search. */
    readonly isUncovered?: boolean;
    /** Set after a ticket of the conversation was resolved: whether the assistant has answered a question since. */
    readonly sinceResolved?: 'nothing' | 'answered' | undefined;
  },
) => RuleHit | undefined;

/** First match wins: danger, then fraud, legal steps, a chargeback, and last a request for a person. */
const TEXT_RULES: readonly (RuleHit & { rule: TextRule })[] = [
  { rule: 'danger', reason: 'policy', urgency: 'critical' },
  { rule: 'fraud', reason: 'policy', urgency: 'high' },
  { rule: 'legal', reason: 'legal', urgency: 'high' },
  { rule: 'chargeback', reason: 'policy', urgency: 'high' },
  { rule: 'person-request', reason: 'visitor-request', urgency: 'normal' },
];

/** After two answers in a row that failed or did not help, a third is unlikely to. */
const UNHELPFUL_UNTIL_AGENT = 2;

export function createHandOffRules(): HandOffRules {
  const phrases = createPhraseFinder(LANGUAGES);
  return (signals, { isUncovered, sinceResolved } = {}) => {
    const notSolved = isNotSolved(signals, sinceResolved);
    const hits = phrases.find(signals.text.slice(0, MESSAGE_TEXT_MAX));
    for (const hit of TEXT_RULES) {
      const mentions = hits.filter(({ name }) => name === `not-${hit.rule}`);
      const isMeant = hits.some(
        ({ name, from, to }) =>
          name === hit.rule && !mentions.some((mention) => mention.from < to && from < mention.to),
      );
      if (isMeant) return notSolved ? { ...hit, notSolved } : hit;
    }
    if (notSolved) return { rule: 'not-solved', reason: 'negative-sentiment', urgency: 'normal', notSolved };
    const reply = signals.reply();
    if (reply === 'accepts-agent') return { rule: 'person-request', reason: 'visitor-request', urgency: 'normal' };
    if (reply === 'not-helped') return { rule: 'not-helped', reason: 'low-confidence', urgency: 'normal' };
    const displeasure = signals.displeasure();
    if (displeasure === 'only') return { rule: 'displeased', reason: 'negative-sentiment', urgency: 'normal' };
    if (signals.accountReport() === 'disputed') return { rule: 'disputed', reason: 'complex', urgency: 'normal' };
    const unhelpful = signals.unhelpful();
    if (unhelpful >= UNHELPFUL_UNTIL_AGENT)
      return { rule: 'repeated-failure', reason: 'low-confidence', urgency: 'normal' };
    // The answer already offered an agent, and the visitor says again that it is not settled.
    if (signals.offersAgentBefore && (unhelpful > 0 || displeasure !== undefined))
      return { rule: 'not-helped', reason: 'low-confidence', urgency: 'normal' };
    return isUncovered ? { rule: 'no-knowledge', reason: 'missing-knowledge', urgency: 'low' } : undefined;
  };
}

/** "That did not help" after another answer is about that answer. */
function isNotSolved(signals: MessageSignals, sinceResolved: 'nothing' | 'answered' | undefined): boolean {
  if (sinceResolved === undefined) return false;
  const complaint = signals.complaint();
  return complaint === 'unsolved' || (complaint === 'unhelpful' && sinceResolved === 'nothing');
}
