/** Each site's guidance in Redis, published there so that processes load it without PostgreSQL. */
import type { Redis } from '../lib/redis.ts';
import type { RedisKeys } from './keys.ts';

export interface PublishedGuidance {
  /** Differs for every different guidance. */
  readonly version: string;
  readonly json: string;
}

export interface GuidancePublication {
  load(siteId: string): Promise<PublishedGuidance | undefined>;
  /** Of what `load` returns; cheap enough to poll. */
  version(siteId: string): Promise<string | undefined>;
  publish(siteId: string, guidance: PublishedGuidance): Promise<void>;
}

export function createGuidancePublication(redis: Redis, keys: Pick<RedisKeys, 'guidance'>): GuidancePublication {
  return {
    async load(siteId) {
      const [version, json] = await redis.hmget(keys.guidance(siteId), 'version', 'guidance');
      return typeof version === 'string' && typeof json === 'string' ? { version, json } : undefined;
    },
    version: async (siteId) => (await redis.hget(keys.guidance(siteId), 'version')) ?? undefined,
    async publish(siteId, { version, json }) {
      await redis.hset(keys.guidance(siteId), { version, guidance: json });
    },
  };
}
