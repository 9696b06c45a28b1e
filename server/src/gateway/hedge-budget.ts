/** Limits hedges to a share of all calls (a token bucket), and allows none while most requests fail. */

export interface HedgeBudget {
  /** Adds the share of one more call to the budget. */
  earn(): void;
  /** Whether a hedge is allowed; if so, it is paid for. */
  spend(): boolean;
  recordOutcome(succeeded: boolean): void;
}

export interface HedgeBudgetSettings {
  /** Hedges per call, 0…1. */
  readonly share: number;
  /** Hedges in a row after a quiet period. */
  readonly burst: number;
}

/** Requests over which the failure rate is smoothed. */
const SMOOTHED_OVER = 20;
/** Above this failure rate a hedge would only add load. */
const FAILURE_RATE_MAX = 0.5;

export function createHedgeBudget({ share, burst }: HedgeBudgetSettings): HedgeBudget {
  let tokens = share > 0 ? burst : 0;
  let failureRate = 0;
  return {
    earn() {
      tokens = Math.min(burst, tokens + share);
    },
    spend() {
      if (tokens < 1 || failureRate > FAILURE_RATE_MAX) return false;
      tokens -= 1;
      return true;
    },
    recordOutcome(succeeded) {
      failureRate += ((succeeded ? 0 : 1) - failureRate) / SMOOTHED_OVER;
    },
  };
}
