/** Adds up what the calls of a run cost, and says when the next one might exceed its limit. */
import type { RunCost } from '@firstword/shared/background-run';

/** A priced call. */
interface PricedCall {
  readonly costUsd?: number | undefined;
  readonly costKnown: 'full' | 'output-only' | 'none';
}

export interface SpendingLimit {
  /** Sets aside what a call may cost. Undefined: it might exceed the limit. */
  reserve(usd: number): { release(): void } | undefined;
  /** @param limitUsd as budgets count it */
  spent(call: PricedCall, limitUsd: number): void;
  cost(): RunCost;
  /** A call was refused. */
  isReached(): boolean;
}

export const NO_COST: RunCost = { usd: 0, costIsComplete: true };

export function createSpendingLimit(maxUsd: number): SpendingLimit {
  let counted = 0;
  let reserved = 0;
  let cost = NO_COST;
  let isReached = false;
  return {
    reserve(usd) {
      isReached ||= counted + reserved + usd > maxUsd;
      if (isReached) return undefined;
      reserved += usd;
      return {
        release() {
          reserved -= usd;
        },
      };
    },
    spent(call, limitUsd) {
      counted += limitUsd;
      cost = addCall(cost, call);
    },
    cost: () => cost,
    isReached: () => isReached,
  };
}

export function addCall(cost: RunCost, { costUsd = 0, costKnown }: PricedCall): RunCost {
  return { usd: cost.usd + costUsd, costIsComplete: cost.costIsComplete && costKnown === 'full' };
}
