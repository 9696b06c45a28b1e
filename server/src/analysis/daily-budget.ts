/** What analyses of a site have cost today, and whether another one may. */
import type { Redis } from 'ioredis';
import type { RedisKeys } from '../store/keys.ts';

export interface DailyBudget {
  /** True when today's limit is used up. Days end at midnight UTC. */
  spent(siteId: string): Promise<boolean>;
  book(siteId: string, usd: number): Promise<void>;
}

const KEEP_SECONDS = 3 * 86_400;

export function createDailyBudget(parts: {
  redis: Redis;
  keys: RedisKeys;
  /** Of a site; undefined for no limit. */
  usdPerDay: (siteId: string) => number | undefined;
  now?: () => number;
}): DailyBudget {
  const { redis, keys, usdPerDay, now = Date.now } = parts;
  const keyOf = (siteId: string) => keys.ticketIndex(`spent:${siteId}:${new Date(now()).toISOString().slice(0, 10)}`);
  return {
    async spent(siteId) {
      const limit = usdPerDay(siteId);
      if (limit === undefined) return false;
      return Number((await redis.get(keyOf(siteId))) ?? 0) >= limit;
    },
    async book(siteId, usd) {
      if (usd === 0) return;
      await redis.incrbyfloat(keyOf(siteId), usd);
      await redis.expire(keyOf(siteId), KEEP_SECONDS);
    },
  };
}
