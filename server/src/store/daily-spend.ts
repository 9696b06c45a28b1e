/** What analyses of a site cost on a day. */
import type { Redis } from '../lib/redis.ts';
import type { RedisKeys } from './keys.ts';

export interface DailySpend {
  /** US dollars. */
  read(account: string, siteId: string, day: string): Promise<number>;
  add(account: string, siteId: string, day: string, usd: number): Promise<void>;
}

const KEEP_SECONDS = 3 * 86_400;

export function createDailySpend(redis: Redis, keys: Pick<RedisKeys, 'ticketIndex'>): DailySpend {
  const keyOf = (account: string, siteId: string, day: string) => keys.ticketIndex(`${account}:${siteId}:${day}`);
  return {
    read: async (account, siteId, day) => Number((await redis.get(keyOf(account, siteId, day))) ?? 0),
    async add(account, siteId, day, usd) {
      const key = keyOf(account, siteId, day);
      await redis.incrbyfloat(key, usd);
      await redis.expire(key, KEEP_SECONDS);
    },
  };
}
