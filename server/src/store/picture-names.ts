/** Which picture each agent has, as the database says. */
import type { Redis } from '../lib/redis.ts';
import { defineScript } from '../lib/redis-script.ts';
import type { RedisKeys } from './keys.ts';

export interface PictureNames {
  of(agentId: string): Promise<string | undefined>;
  /** By agent id. */
  all(): Promise<Readonly<Record<string, string>>>;
  /** Undefined: the agent has none any more. */
  set(agentId: string, picture: string | undefined): Promise<void>;
  replace(pictures: Readonly<Record<string, string>>): Promise<void>;
}

/** KEYS pictures · ARGV agentId, picture, … */
const REPLACE = `
redis.call('DEL', KEYS[1])
for i = 1, #ARGV, 2 do redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
return 1
`;

export function createPictureNames(redis: Redis, keys: Pick<RedisKeys, 'agentPictures'>): PictureNames {
  const replace = defineScript(redis, 'fwPictures', 1, REPLACE);
  return {
    of: async (agentId) => (await redis.hget(keys.agentPictures(), agentId)) ?? undefined,
    all: () => redis.hgetall(keys.agentPictures()),
    async set(agentId, picture) {
      if (picture === undefined) await redis.hdel(keys.agentPictures(), agentId);
      else await redis.hset(keys.agentPictures(), agentId, picture);
    },
    async replace(pictures) {
      await replace([keys.agentPictures()], Object.entries(pictures).flat());
    },
  };
}
