/** Decides whether a message is answered or handed to people. Pure: rules first, then the model's verdict, then the site's policy. */
import type { Handling, HandOffReason, Urgency } from '@firstword/shared/ticket';
import type { RuleHit } from './hand-off-rules.ts';
import type { Verdict } from './verdict.ts';

/** What a site owner may choose. */
export interface HandOffPolicy {
  /** Complex questions go to people; otherwise the assistant tries them. */
  readonly complex: boolean;
  /** An angry or desperate visitor gets a person even when articles could answer. */
  readonly onNegativeSentiment: boolean;
  /** 0…1; a verdict that states less confidence is not believed. */
  readonly confidenceFloor: number;
}

export const DEFAULT_HAND_OFF_POLICY: HandOffPolicy = {
  complex: true,
  onNegativeSentiment: false,
  confidenceFloor: 0.35,
};

export interface HandOffDecision {
  readonly handling: Handling;
  /** In the order they were weighed: `rule:…`, `model:…`, `site:…`; for the record and the console. */
  readonly reasons: readonly string[];
  /** Why people are needed; absent when they are not. */
  readonly reason?: HandOffReason;
  readonly urgency: Urgency;
}

export interface HandOffQuestion {
  readonly ruleHit: RuleHit | undefined;
  /** Absent when triage gave none in time. */
  readonly verdict?: Verdict;
  readonly siteRules: HandOffPolicy;
  /** Answers in a row that failed or did not help. */
  readonly recentFailures: number;
  /** How many passages were found for the message. */
  readonly passages: number;
}

export function decideHandOff(question: HandOffQuestion): HandOffDecision {
  const { ruleHit, verdict, siteRules } = question;
  if (ruleHit !== undefined && ruleHit.rule !== 'no-knowledge')
    return { handling: 'person', reasons: [`rule:${ruleHit.rule}`], reason: ruleHit.reason, urgency: ruleHit.urgency };

  const believed = believe(verdict, siteRules);
  if (ruleHit !== undefined && believed.handling === 'answer')
    return escalate(
      { ...believed, handling: 'complex', reasons: [`rule:${ruleHit.rule}`, ...believed.reasons] },
      ruleHit.reason,
      ruleHit.urgency,
      siteRules,
    );
  if (believed.handling === 'person') return { ...believed, reason: 'visitor-request', urgency: urgencyOf(question) };
  if (believed.handling === 'complex')
    return escalate(believed, believed.reason ?? 'complex', urgencyOf(question), siteRules);
  if (believed.handling === 'answer' && siteRules.onNegativeSentiment && verdict?.sentiment === 'negative')
    return {
      handling: 'person',
      reasons: [...believed.reasons, 'site:negative-sentiment'],
      reason: 'negative-sentiment',
      urgency: 'high',
    };
  return { ...believed, urgency: 'low' };
}

interface Believed {
  readonly handling: Handling;
  readonly reasons: readonly string[];
  readonly reason?: HandOffReason;
}

function believe(verdict: Verdict | undefined, { confidenceFloor }: HandOffPolicy): Believed {
  if (verdict === undefined) return { handling: 'answer', reasons: ['model:none'] };
  const { handling, confidence = 1, sentiment } = verdict;
  const reasons = [`model:${handling}`];
  if (confidence >= confidenceFloor) return { handling, reasons };
  // Unsure and the visitor unhappy: a wrong answer costs more than a colleague's minute.
  if (handling === 'answer' && sentiment === 'negative')
    return { handling: 'complex', reasons: [...reasons, 'model:unsure', 'model:negative'], reason: 'low-confidence' };
  if (handling === 'person' || handling === 'complex')
    return { handling: 'answer', reasons: [...reasons, 'model:unsure'] };
  return { handling, reasons };
}

/** A complex question goes to people only where the site wants that. */
function escalate(
  { reasons }: Believed,
  reason: HandOffReason,
  urgency: Urgency,
  { complex }: HandOffPolicy,
): HandOffDecision {
  return complex
    ? { handling: 'complex', reasons, reason, urgency }
    : { handling: 'answer', reasons: [...reasons, 'site:complex-is-answered'], urgency: 'low' };
}

function urgencyOf({ verdict, recentFailures, passages }: HandOffQuestion): Urgency {
  if (verdict?.sentiment === 'negative' && (recentFailures > 0 || passages === 0)) return 'high';
  return 'normal';
}
