/** How many calls may be sent twice: a share of all, and none while the endpoints are in trouble anyway. */

export interface HedgeBudget {
  /** One more call could be sent twice; its share goes into the budget. */
  called(): void;
  /** Whether this call may; a yes is spent. */
  take(): boolean;
  /** How a request came out. */
  ended(wasDone: boolean): void;
}

export interface HedgeBudgetSettings {
  /** Of all calls, 0…1. */
  readonly share: number;
  /** Calls in a row that may be sent twice after a quiet time. */
  readonly burst: number;
}

/** One failure in so many requests moves the share of failures by that much. */
const MEMORY = 20;
/** Above this share of failures a second request would only add to the trouble. */
const TROUBLE = 0.5;

export function createHedgeBudget({ share, burst }: HedgeBudgetSettings): HedgeBudget {
  let tokens = share > 0 ? burst : 0;
  let failing = 0;
  return {
    called() {
      tokens = Math.min(burst, tokens + share);
    },
    take() {
      if (tokens < 1 || failing > TROUBLE) return false;
      tokens -= 1;
      return true;
    },
    ended(wasDone) {
      failing += ((wasDone ? 0 : 1) - failing) / MEMORY;
    },
  };
}
