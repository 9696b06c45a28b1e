/** The daily budget of a site's analyses. */
import type { Redis } from 'ioredis';
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
  /** A site's limit; undefined for none. */
  usdPerDay: (siteId: string) => number | undefined;
  now?: () => number;
}): DailyBudget {
  const { redis, keys, usdPerDay, now = Date.now } = parts;
  const keyOf = (siteId: string) => keys.ticketIndex(`spent:${siteId}:${new Date(now()).toISOString().slice(0, 10)}`);
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
