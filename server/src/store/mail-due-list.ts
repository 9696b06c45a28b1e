/** Conversations in which a reply may have to be e-mailed, and what has been e-mailed. Outlives a restart of the process. */

import { z } from 'zod';
import type { Redis } from '../lib/redis.ts';
import { defineScript } from '../lib/redis-script.ts';
import type { RedisKeys } from './keys.ts';

export interface DueMail {
  readonly conversationId: string;
  readonly ticketId: string;
  /** `seq` of the last reply that was scheduled. */
  readonly seq: number;
}

export interface MailDueList {
  /** Idempotent. An earlier due time of the conversation stays. */
  schedule(due: DueMail, dueAt: number): Promise<void>;
  /** Takes conversations that are due at `now`. Each is due again at `leaseUntil`, unless it is settled first. */
  take(now: number, leaseUntil: number, limit: number): Promise<DueMail[]>;
  /** Removes it; if a later reply was scheduled meanwhile, it stays and is due at `nextDueAt`. */
  settle(due: DueMail, nextDueAt: number): Promise<void>;
  postpone(due: DueMail, dueAt: number): Promise<void>;
  /** `seq` of the last reply in each mail of the conversation, oldest first. */
  sent(conversationId: string): Promise<number[]>;
  markSent(conversationId: string, sent: readonly number[]): Promise<void>;
}

/** KEYS due times, replies · ARGV conversationId, reply, seq, dueAt */
const SCHEDULE = `
local last = redis.call('HGET', KEYS[2], ARGV[1])
if not last or cjson.decode(last).seq < tonumber(ARGV[3]) then redis.call('HSET', KEYS[2], ARGV[1], ARGV[2]) end
return redis.call('ZADD', KEYS[1], 'NX', ARGV[4], ARGV[1])
`;
/** KEYS due times, replies · ARGV now, leaseUntil, limit */
const TAKE = `
local taken = {}
for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[3])) do
  redis.call('ZADD', KEYS[1], ARGV[2], id)
  taken[#taken + 1] = redis.call('HGET', KEYS[2], id)
end
return taken
`;
/** KEYS due times, replies · ARGV conversationId, reply, nextDueAt */
const SETTLE = `
if redis.call('HGET', KEYS[2], ARGV[1]) ~= ARGV[2] then return redis.call('ZADD', KEYS[1], ARGV[3], ARGV[1]) end
redis.call('HDEL', KEYS[2], ARGV[1])
return redis.call('ZREM', KEYS[1], ARGV[1])
`;

const dueMailSchema = z.object({ conversationId: z.string(), ticketId: z.string(), seq: z.int() });
const seqsSchema = z.array(z.int());

export function createMailDueList(redis: Redis, keys: RedisKeys): MailDueList {
  const schedule = defineScript(redis, 'fwMailSchedule', 2, SCHEDULE);
  const take = defineScript(redis, 'fwMailTake', 2, TAKE);
  const settle = defineScript(redis, 'fwMailSettle', 2, SETTLE);
  const lists = [keys.mailDueTimes(), keys.mailReplies()];
  const toJson = ({ conversationId, ticketId, seq }: DueMail) => JSON.stringify({ conversationId, ticketId, seq });
  return {
    async schedule(due, dueAt) {
      await schedule(lists, [due.conversationId, toJson(due), due.seq, dueAt]);
    },
    async take(now, leaseUntil, limit) {
      const taken = z.array(z.string()).parse(await take(lists, [now, leaseUntil, limit]));
      return taken.map((json) => dueMailSchema.parse(JSON.parse(json)));
    },
    async settle(due, nextDueAt) {
      await settle(lists, [due.conversationId, toJson(due), nextDueAt]);
    },
    async postpone(due, dueAt) {
      await redis.zadd(keys.mailDueTimes(), 'XX', dueAt, due.conversationId);
    },
    async sent(conversationId) {
      const json = await redis.hget(keys.head(conversationId), 'mailed');
      return json === null ? [] : seqsSchema.parse(JSON.parse(json));
    },
    async markSent(conversationId, sent) {
      await redis.hset(keys.head(conversationId), 'mailed', JSON.stringify(sent));
    },
  };
}
