/** Decides whether a message is answered or handed off: by rules, then the model's verdict, then the site's policy. Pure. */
import type { Handling, HandOffReason, Urgency } from '@firstword/shared/ticket';
import type { RuleHit } from './hand-off-rules.ts';
import type { OfferReason } from './offer-reason.ts';
import type { Verdict } from './verdict.ts';

/** A site's hand-off settings. */
export interface HandOffPolicy {
  /** Hands complex questions off; otherwise the assistant answers them. */
  readonly complex: boolean;
  /** Hands angry or desperate visitors off even when articles could answer. */
  readonly onNegativeSentiment: boolean;
  /** 0…1. Verdicts with less confidence are not trusted. */
  readonly confidenceFloor: number;
}

export const DEFAULT_HAND_OFF_POLICY: HandOffPolicy = {
  complex: true,
  onNegativeSentiment: false,
  confidenceFloor: 0.35,
};

export interface HandOffDecision {
  readonly handling: Handling;
  /** In order of evaluation: `rule:…`, `model:…`, `site:…`; for the record and the console. */
  readonly reasons: readonly string[];
  /** Why it is handed off; absent when it is not. */
  readonly reason?: HandOffReason;
  /** The model was not sure that an agent is needed, or the visitor is unhappy: the answer asks, and no ticket is opened. */
  readonly offersAgent?: true;
  readonly urgency: Urgency;
}

export interface HandOffQuestion {
  readonly ruleHit: RuleHit | undefined;
  /** Why an agent is offered with an answer: see `offer-reason.ts`. */
  readonly offerFor?: OfferReason | undefined;
  /** Absent when triage had none in time. */
  readonly verdict?: Verdict;
  readonly siteRules: HandOffPolicy;
  /** The answer before failed. */
  readonly lastFailed: boolean;
  /** The assistant has answered before. */
  readonly isFollowUp: boolean;
  /** Number of passages found for the message. */
  readonly passages: number;
}

export function decideHandOff(question: HandOffQuestion): HandOffDecision {
  const { ruleHit, verdict, siteRules } = question;
  if (ruleHit !== undefined && ruleHit.rule !== 'no-knowledge')
    return {
      handling: 'agent',
      reasons: [...new Set([`rule:${ruleHit.rule}`, ...(ruleHit.notSolved ? ['rule:not-solved'] : [])])],
      reason: ruleHit.reason,
      urgency: ruleHit.urgency,
    };

  const byModel = assess(verdict, siteRules);
  // Missing knowledge is noted, not handed off: the answer says so, and a ticket behind an answer would surprise everyone.
  const isUncovered = ruleHit !== undefined && byModel.handling === 'answer';
  const assessed = isUncovered ? { ...byModel, reasons: [`rule:${ruleHit.rule}`, ...byModel.reasons] } : byModel;
  if (assessed.handling === 'agent') return { ...assessed, reason: 'visitor-request', urgency: urgencyOf(question) };
  if (assessed.handling === 'complex')
    return handOffComplex(assessed, assessed.reason ?? 'complex', urgencyOf(question), siteRules);
  if (assessed.handling === 'answer' && siteRules.onNegativeSentiment && verdict?.sentiment === 'negative')
    return {
      handling: 'agent',
      reasons: [...assessed.reasons, 'site:negative-sentiment'],
      reason: 'negative-sentiment',
      urgency: 'high',
    };
  const offerReason = offerReasonFor(question);
  return offerReason === undefined
    ? { ...assessed, urgency: 'low' }
    : { ...assessed, reasons: [...assessed.reasons, offerReason], offersAgent: true, urgency: 'low' };
}

/** A first question about a broken lamp is negative, too; after an answer, a visitor in that mood was not helped by it. */
function offerReasonFor({ offerFor, verdict, isFollowUp }: HandOffQuestion): string | undefined {
  if (offerFor !== undefined) return `rule:${offerFor}`;
  return isFollowUp && verdict?.sentiment === 'negative' ? 'model:negative' : undefined;
}

/** Of a verdict without a readable confidence: trusted unless the site asks for more than an even chance. */
const UNSTATED_CONFIDENCE = 0.5;

interface Assessment {
  readonly handling: Handling;
  readonly reasons: readonly string[];
  readonly reason?: HandOffReason;
  readonly offersAgent?: true;
}

function assess(verdict: Verdict | undefined, { confidenceFloor }: HandOffPolicy): Assessment {
  if (verdict === undefined) return { handling: 'answer', reasons: ['model:none'] };
  const { handling, confidence = UNSTATED_CONFIDENCE, sentiment } = verdict;
  const reasons = [`model:${handling}`];
  if (confidence >= confidenceFloor) return { handling, reasons };
  // Unsure, and the visitor is unhappy: a wrong answer costs more than an agent's minute.
  if (handling === 'answer' && sentiment === 'negative')
    return { handling: 'complex', reasons: [...reasons, 'model:unsure', 'model:negative'], reason: 'low-confidence' };
  if (handling === 'agent' || handling === 'complex')
    return { handling: 'answer', reasons: [...reasons, 'model:unsure'], offersAgent: true };
  return { handling, reasons };
}

/** Hands a complex question off if the site's policy wants that. */
function handOffComplex(
  { reasons }: Assessment,
  reason: HandOffReason,
  urgency: Urgency,
  { complex }: HandOffPolicy,
): HandOffDecision {
  return complex
    ? { handling: 'complex', reasons, reason, urgency }
    : { handling: 'answer', reasons: [...reasons, 'site:complex-is-answered'], urgency: 'low' };
}

function urgencyOf({ verdict, lastFailed, passages }: HandOffQuestion): Urgency {
  if (verdict?.sentiment === 'negative' && (lastFailed || passages === 0)) return 'high';
  return 'normal';
}
