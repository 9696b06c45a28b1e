/** Chooses the models of an analysis: what an agent chose, premium ones where correctness is critical, or the tier's chain. */
import type { HandOffReason } from '@firstword/shared/ticket';
import type { BegunRun } from '../tickets/run-types.ts';
import type { Route } from './ask-model.ts';
import type { DailyBudget } from './daily-budget.ts';

/** `compliance` is no hand-off reason of its own: the topic that triage named decides. */
export type PremiumReason = HandOffReason | 'compliance';

export interface PremiumAnalyses {
  readonly reasons: readonly PremiumReason[];
  readonly routeFor: (siteId: string) => Route;
  /** When it is spent, the tier's own chain is used. */
  readonly budget: DailyBudget;
}

export interface ChosenRoute {
  readonly route: Route;
  readonly isPremium: boolean;
}

const COMPLIANCE_TOPIC = /legal|law|complian|gdpr|privacy|court/i;

export function createRouteChoice(
  routeFor: (siteId: string, modelId: string | undefined) => Route,
  premium: PremiumAnalyses | undefined,
) {
  return async ({ ticket, verdict, modelId }: BegunRun): Promise<ChosenRoute> => {
    const reasons: PremiumReason[] = [ticket.reason];
    if (COMPLIANCE_TOPIC.test(verdict?.topic ?? '')) reasons.push('compliance');
    const isMeant = modelId === undefined && reasons.some((reason) => premium?.reasons.includes(reason));
    return isMeant && premium !== undefined && !(await premium.budget.isSpent(ticket.siteId))
      ? { route: premium.routeFor(ticket.siteId), isPremium: true }
      : { route: routeFor(ticket.siteId, modelId), isPremium: false };
  };
}
