/** What the last check of the models found, in any process. */
import type { Redis } from '../lib/redis.ts';
import type { RedisKeys } from './keys.ts';

export interface ModelCheckStore {
  /** JSON. */
  load(): Promise<string | undefined>;
  save(json: string): Promise<void>;
}

export function createModelCheckStore(redis: Redis, keys: Pick<RedisKeys, 'modelCheck'>): ModelCheckStore {
  const key = keys.modelCheck();
  return {
    load: async () => (await redis.get(key)) ?? undefined,
    async save(json) {
      await redis.set(key, json);
    },
  };
}
