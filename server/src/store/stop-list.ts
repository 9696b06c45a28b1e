/** The sites whose model calls are stopped, and why. */
import type { Redis } from '../lib/redis.ts';
import type { RedisKeys } from './keys.ts';

export interface StopList {
  /** @param site a site's id, or `*` for all */
  set(site: string, reason: string): Promise<void>;
  remove(site: string): Promise<void>;
  read(): Promise<ReadonlyMap<string, string>>;
}

export function createStopList(redis: Redis, keys: Pick<RedisKeys, 'stops'>): StopList {
  return {
    async set(site, reason) {
      await redis.hset(keys.stops(), site, reason);
    },
    async remove(site) {
      await redis.hdel(keys.stops(), site);
    },
    read: async () => new Map(Object.entries(await redis.hgetall(keys.stops()))),
  };
}
