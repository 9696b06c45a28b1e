/** Rules that bring a person in whatever a model thinks: the same words give the same answer, with no call and no wait. */
import { MESSAGE_TEXT_MAX } from '@firstword/shared/limits';
import type { HandOffReason, Urgency } from '@firstword/shared/ticket';
import { createPhraseFinder } from './hand-off-phrases.ts';
import { wordsOf } from './hand-off-words.ts';
import { LANGUAGES, type TextRule } from './wishes/languages.ts';

export type Rule = TextRule | 'repeated-failure' | 'no-knowledge';

export interface RuleHit {
  readonly rule: Rule;
  readonly reason: HandOffReason;
  readonly urgency: Urgency;
}

export type HandOffRules = (input: {
  readonly text: string;
  /** Answers in a row that failed or did not help. */
  readonly recentFailures: number;
  /** Score 0…1 of the best passage, 0 when nothing was found; absent when nobody searched. */
  readonly bestPassageScore?: number;
}) => RuleHit | undefined;

/** The first that hits decides: a burning lamp comes before a lawyer, and both before a wish. */
const TEXT_RULES: readonly (RuleHit & { rule: TextRule })[] = [
  { rule: 'danger', reason: 'policy', urgency: 'critical' },
  { rule: 'fraud', reason: 'policy', urgency: 'high' },
  { rule: 'legal', reason: 'legal', urgency: 'high' },
  { rule: 'chargeback', reason: 'policy', urgency: 'high' },
  { rule: 'person-wish', reason: 'visitor-request', urgency: 'normal' },
];

/** After two failures in a row a third try only costs trust. */
const FAILURES_UNTIL_PERSON = 2;
/**
 * Below this the best passage shares hardly a word with the question. On three help centres 1 % of their own questions
 * fall below, all of them made of small words only, and half of what people ask elsewhere.
 */
const SCORE_FLOOR = 0.03;

export function createHandOffRules(): HandOffRules {
  const findPhrases = createPhraseFinder(LANGUAGES);

  return ({ text, recentFailures, bestPassageScore }) => {
    const hits = findPhrases(text.slice(0, MESSAGE_TEXT_MAX));
    for (const hit of TEXT_RULES) {
      const mentions = hits.filter(({ name }) => name === `not-${hit.rule}`);
      const isMeant = hits.some(
        ({ name, from, to }) =>
          name === hit.rule && !mentions.some((mention) => mention.from < to && from < mention.to),
      );
      if (isMeant) return hit;
    }
    if (recentFailures >= FAILURES_UNTIL_PERSON)
      return { rule: 'repeated-failure', reason: 'low-confidence', urgency: 'normal' };
    if (bestPassageScore !== undefined && bestPassageScore < SCORE_FLOOR && isQuestion(text))
      return { rule: 'no-knowledge', reason: 'missing-knowledge', urgency: 'low' };
    return undefined;
  };
}

/** "Hi" and "how do I do that?" find no passage either, and nothing is missing: a question names a few things. */
function isQuestion(text: string): boolean {
  return wordsOf(text).filter((word) => word.length >= 5).length >= 3 || /[\u3040-\u30ff\u4e00-\u9fff]{6}/.test(text);
}
