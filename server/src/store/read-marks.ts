/** How far a visitor has read. Kept in the conversation's head, so that it is deleted with it. */
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { defineScript } from '../lib/redis-script.ts';
import type { RedisKeys } from './keys.ts';

export interface ReadMarks {
  /** Moves the mark forward, at most to the last message; resolves with its new `seq`, or undefined when it did not move. */
  move(conversationId: string, seq: number): Promise<number | undefined>;
  /** `seq` of the last message that the visitor has read; 0 for none. */
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
