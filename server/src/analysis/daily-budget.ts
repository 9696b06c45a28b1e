/** A daily budget for analyses of a site: of all of them, or of those with premium models. */
import type { Redis } from '../lib/redis.ts';
import type { RedisKeys } from '../store/keys.ts';

export interface DailyBudget {
  /** True when today's limit is reached. Days end at midnight UTC. */
  isSpent(siteId: string): Promise<boolean>;
  record(siteId: string, usd: number): Promise<void>;
}

const KEEP_SECONDS = 3 * 86_400;

export function createDailyBudget(parts: {
  redis: Redis;
  keys: RedisKeys;
  /** Separates budgets that count different analyses. */
  account?: 'spent' | 'spent-premium';
  /** A site's limit; undefined for none. */
  usdPerDay: (siteId: string) => number | undefined;
  now?: () => number;
}): DailyBudget {
  const { redis, keys, account = 'spent', usdPerDay, now = Date.now } = parts;
  const today = () => new Date(now()).toISOString().slice(0, 10);
  const keyOf = (siteId: string) => keys.ticketIndex(`${account}:${siteId}:${today()}`);
  return {
    async isSpent(siteId) {
      const limit = usdPerDay(siteId);
      if (limit === undefined) return false;
      return Number((await redis.get(keyOf(siteId))) ?? 0) >= limit;
    },
    async record(siteId, usd) {
      if (usd === 0) return;
      await redis.incrbyfloat(keyOf(siteId), usd);
      await redis.expire(keyOf(siteId), KEEP_SECONDS);
    },
  };
}
