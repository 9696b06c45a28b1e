/** How far a visitor has read their conversation. Kept in its head, so that it lives as long as the conversation does. */
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { defineScript } from '../lib/redis-script.ts';
import type { RedisKeys } from './keys.ts';

export interface ReadMarks {
  /** Moves the mark, never back and never beyond what was said; resolves with where it stands now, undefined when it did not move. */
  move(conversationId: string, seq: number): Promise<number | undefined>;
  /** `seq` of the last message that was read; 0 when none was. */
  of(conversationId: string): Promise<number>;
}

/** KEYS head · ARGV seq */
const MOVE = `
local head = redis.call('HMGET', KEYS[1], 'seq', 'read')
local seq = math.min(tonumber(ARGV[1]), tonumber(head[1] or '0'))
if seq <= tonumber(head[2] or '0') then return 0 end
redis.call('HSET', KEYS[1], 'read', seq)
return seq
`;

export function createReadMarks(redis: Redis, keys: RedisKeys): ReadMarks {
  const move = defineScript(redis, 'fwRead', 1, MOVE);
  return {
    async move(conversationId, seq) {
      return z.number().parse(await move([keys.head(conversationId)], [seq])) || undefined;
    },
    async of(conversationId) {
      return Number((await redis.hget(keys.head(conversationId), 'read')) ?? 0);
    },
  };
}
