/** What models were found to need, as JSON by model. */
import type { Redis } from '../lib/redis.ts';
import type { RedisKeys } from './keys.ts';

export interface ModelCorrectionsStore {
  load(): Promise<Readonly<Record<string, string>>>;
  save(key: string, json: string): Promise<void>;
}

/** Renewed with each change. After it, requests follow the profile again, because the endpoint may have been fixed. */
const KEPT_SECONDS = 30 * 86_400;

export function createModelCorrectionsStore(
  redis: Redis,
  keys: Pick<RedisKeys, 'modelCorrections'>,
): ModelCorrectionsStore {
  const hash = keys.modelCorrections();
  return {
    load: () => redis.hgetall(hash),
    async save(key, json) {
      await redis.multi().hset(hash, key, json).expire(hash, KEPT_SECONDS).exec();
    },
  };
}
