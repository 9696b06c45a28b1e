/** How far a visitor has read. Kept in the conversation's head, so that it is deleted with it. */

import { z } from 'zod';
import type { Redis } from '../lib/redis.ts';
import { defineScript } from '../lib/redis-script.ts';
import { EMIT } from './feed-scripts.ts';
import type { RedisKeys } from './keys.ts';

export interface ReadMarks {
  /** Moves the mark forward, at most to the last message; resolves with its new `seq`, or undefined when it did not move. */
  move(conversationId: string, seq: number): Promise<number | undefined>;
  /** `seq` of the last message that the visitor has read; 0 for none. */
  of(conversationId: string): Promise<number>;
}

/** KEYS head, feed · ARGV seq, conversationId */
const MOVE = `${EMIT}
local head = redis.call('HMGET', KEYS[1], 'seq', 'read')
local seq = math.min(tonumber(ARGV[1]), tonumber(head[1] or '0'))
if seq <= tonumber(head[2] or '0') then return 0 end
redis.call('HSET', KEYS[1], 'read', seq)
emit(KEYS[2], originOf(KEYS[1]), ARGV[2], 'read', nil, 'seq', seq)
return seq
`;

export function createReadMarks(redis: Redis, keys: RedisKeys): ReadMarks {
  const move = defineScript(redis, 'fwRead', 2, MOVE);
  return {
    async move(conversationId, seq) {
      const where = [keys.head(conversationId), keys.feedOf(conversationId)];
      return z.number().parse(await move(where, [seq, conversationId])) || undefined;
    },
    async of(conversationId) {
      return Number((await redis.hget(keys.head(conversationId), 'read')) ?? 0);
    },
  };
}
