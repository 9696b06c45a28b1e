/** What is published in Redis, such as each site's guidance, so that processes load it without PostgreSQL. */
import type { Redis } from '../lib/redis.ts';
import type { RedisKeys } from './keys.ts';

export interface Published {
  /** Differs for every different text. */
  readonly version: string;
  readonly json: string;
}

export interface Publication {
  load(id: string): Promise<Published | undefined>;
  /** Of what `load` returns; cheap enough to poll. */
  version(id: string): Promise<string | undefined>;
  publish(id: string, published: Published): Promise<void>;
}

export const createGuidancePublication = (redis: Redis, keys: Pick<RedisKeys, 'guidance'>): Publication =>
  createPublication(redis, keys.guidance, 'guidance');

export const createSettingsPublication = (redis: Redis, keys: Pick<RedisKeys, 'settings'>): Publication =>
  createPublication(redis, keys.settings, 'settings');

/** @param field of the hash that holds the text */
function createPublication(redis: Redis, keyOf: (id: string) => string, field: string): Publication {
  return {
    async load(id) {
      const [version, json] = await redis.hmget(keyOf(id), 'version', field);
      return typeof version === 'string' && typeof json === 'string' ? { version, json } : undefined;
    },
    version: async (id) => (await redis.hget(keyOf(id), 'version')) ?? undefined,
    async publish(id, { version, json }) {
      await redis.hset(keyOf(id), { version, [field]: json });
    },
  };
}
