/** What the site says of an identified visitor. Kept in the conversation's head, so that it is deleted with it. */
import { type VisitorProfile, visitorProfileSchema } from '@firstword/shared/visitor-profile';
import type { Redis } from '../lib/redis.ts';
import { defineScript } from '../lib/redis-script.ts';
import { EMIT } from './feed-scripts.ts';
import type { RedisKeys } from './keys.ts';

export interface VisitorProfiles {
  /** Without effect for a conversation of which nothing is stored, and when it is known. */
  save(conversationId: string, profile: VisitorProfile): Promise<void>;
  of(conversationId: string): Promise<VisitorProfile | undefined>;
}

/** KEYS head, feed · ARGV conversationId, profile */
const SAVE = `${EMIT}
if redis.call('EXISTS', KEYS[1]) == 0 or redis.call('HGET', KEYS[1], 'profile') == ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], 'profile', ARGV[2])
emit(KEYS[2], originOf(KEYS[1]), ARGV[1], 'visitor-identified', nil, 'profile', ARGV[2])
return 1
`;

export function createVisitorProfiles(redis: Redis, keys: RedisKeys): VisitorProfiles {
  const save = defineScript(redis, 'fwProfile', 2, SAVE);
  return {
    async save(id, profile) {
      await save([keys.head(id), keys.feedOf(id)], [id, JSON.stringify(profile)]);
    },
    async of(id) {
      const json = await redis.hget(keys.head(id), 'profile');
      return json === null ? undefined : visitorProfileSchema.parse(JSON.parse(json));
    },
  };
}
