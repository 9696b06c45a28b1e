/** A daily budget for analyses of a site: of all of them, or of those with premium models. */
import { dayOf } from '../lib/days.ts';
import type { DailySpend } from '../store/daily-spend.ts';

export interface DailyBudget {
  /** True when today's limit is reached. Days end at midnight UTC. */
  isSpent(siteId: string): Promise<boolean>;
  record(siteId: string, usd: number): Promise<void>;
}

export function createDailyBudget(parts: {
  spend: DailySpend;
  /** Separates budgets that count different analyses. */
  account?: 'spent' | 'spent-premium';
  /** A site's limit; undefined for none. */
  usdPerDay: (siteId: string) => number | undefined;
  now?: () => number;
}): DailyBudget {
  const { spend, account = 'spent', usdPerDay, now = Date.now } = parts;
  return {
    async isSpent(siteId) {
      const limit = usdPerDay(siteId);
      return limit !== undefined && (await spend.read(account, siteId, dayOf(now()))) >= limit;
    },
    async record(siteId, usd) {
      if (usd > 0) await spend.add(account, siteId, dayOf(now()), usd);
    },
  };
}
