/** How far a visitor, and the agent who has the conversation, have read. Kept in the conversation's head, so that it is deleted with it. */

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
  /** Like `move`, for the agent. Without effect unless an agent has the conversation. */
  moveAgents(conversationId: string, seq: number): Promise<number | undefined>;
  /** Everything at once. */
  all(conversationId: string): Promise<AllReadMarks>;
}

export interface AllReadMarks {
  readonly readSeq: number;
  /** When the visitor read the last agent's message that they have read, in milliseconds since 1970. */
  readonly seenAt?: number;
  /** `seq` of the last message that an agent has read while they had the conversation; 0 for none. */
  readonly agentReadSeq: number;
}

/** Messages that are looked through for one of an agent. */
const LOOKED_THROUGH = 50;

/** KEYS head, feed, log · ARGV seq, conversationId */
const MOVE = `${EMIT}
local head = redis.call('HMGET', KEYS[1], 'seq', 'read')
local seq = math.min(tonumber(ARGV[1]), tonumber(head[1] or '0'))
if seq <= tonumber(head[2] or '0') then return 0 end
redis.call('HSET', KEYS[1], 'read', seq)
for _, entry in ipairs(redis.call('XREVRANGE', KEYS[3], seq .. '-0', (tonumber(head[2] or '0') + 1) .. '-0', 'COUNT', ${LOOKED_THROUGH})) do
  if string.find(entry[2][2], '"from":"agent"', 1, true) then
    local now = redis.call('TIME')
    redis.call('HSET', KEYS[1], 'seenAt', string.format('%d', now[1] * 1000 + math.floor(now[2] / 1000)))
    break
  end
end
emit(KEYS[2], originOf(KEYS[1]), ARGV[2], 'read', nil, 'seq', seq)
return seq
`;

/** KEYS head · ARGV seq */
const MOVE_AGENTS = `
local head = redis.call('HMGET', KEYS[1], 'responder', 'seq', 'agentRead')
if head[1] ~= 'agent' then return 0 end
local seq = math.min(tonumber(ARGV[1]), tonumber(head[2] or '0'))
if seq <= tonumber(head[3] or '0') then return 0 end
redis.call('HSET', KEYS[1], 'agentRead', seq)
return seq
`;

export function createReadMarks(redis: Redis, keys: RedisKeys): ReadMarks {
  const move = defineScript(redis, 'fwRead', 3, MOVE);
  const moveAgents = defineScript(redis, 'fwAgentRead', 1, MOVE_AGENTS);
  return {
    async move(conversationId, seq) {
      const where = [keys.head(conversationId), keys.feedOf(conversationId), keys.log(conversationId)];
      return z.number().parse(await move(where, [seq, conversationId])) || undefined;
    },
    async of(conversationId) {
      return Number((await redis.hget(keys.head(conversationId), 'read')) ?? 0);
    },
    async moveAgents(conversationId, seq) {
      return z.number().parse(await moveAgents([keys.head(conversationId)], [seq])) || undefined;
    },
    async all(conversationId) {
      const [read, seenAt, agentRead] = await redis.hmget(keys.head(conversationId), 'read', 'seenAt', 'agentRead');
      return {
        readSeq: Number(read ?? 0),
        ...(seenAt && { seenAt: Number(seenAt) }),
        agentReadSeq: Number(agentRead ?? 0),
      };
    },
  };
}
