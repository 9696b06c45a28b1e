/** Visits that are not over yet: what happened in them so far, and when they end if nothing more happens. */
import type { Redis } from '../lib/redis.ts';
import { defineScript } from '../lib/redis-script.ts';
import type { RedisKeys } from './keys.ts';

/** What happened in a visit; only its last question and answer count. */
export interface Visit {
  readonly siteId: string;
  /** Absent in records of earlier versions. */
  readonly visitorId?: string | undefined;
  readonly startedAt: number;
  /** `feltTtft` of the visit's first answer, in milliseconds; absent when the visitor did not see it. */
  readonly firstTtftMs?: number | undefined;
  /** How the last turn ended; absent while it runs. */
  readonly lastState?: string | undefined;
  /** The visitor saw the last answer begin. */
  readonly lastSeen: boolean;
  readonly lastRating?: string | undefined;
  readonly handedOff: boolean;
  readonly resolved: boolean;
}

export interface VisitNote {
  readonly type: 'asked' | 'first-token-seen' | 'answered' | 'rated' | 'handed-off' | 'resolved';
  readonly at: number;
  /** When the visit is over if nothing more happens. */
  readonly overAt: number;
  readonly turnId?: string;
  /** The site of a question, the milliseconds of a first token, the state of an answer, or a rating. */
  readonly value?: string | number;
  /** Of a question. */
  readonly visitorId?: string;
}

export interface OpenVisits {
  note(conversationId: string, note: VisitNote): Promise<void>;
  /** Conversations whose visit is over. */
  over(now: number, limit: number): Promise<string[]>;
  read(conversationId: string): Promise<Visit | undefined>;
  /** Ends a visit that is still over, and queues its record in the same step. False when another process was first. */
  close(conversationId: string, now: number, record: string): Promise<boolean>;
  /** Forgets one of which nothing is known. */
  forget(conversationId: string): Promise<void>;
}

/** KEYS visit, open visits · ARGV event, conversationId, now, over, keepSeconds, turnId, value, visitorId: see `VisitNote`. */
const NOTE = `
local event, id, over, turn, value = ARGV[1], ARGV[2], tonumber(ARGV[4]), ARGV[6], ARGV[7]
local known = redis.call('HGET', KEYS[1], 'turn')
local newDeadline = false
if event == 'asked' then
  if known == turn then return 0 end
  if not known then redis.call('HSET', KEYS[1], 'siteId', value, 'visitorId', ARGV[8], 'startedAt', ARGV[3], 'first', turn) end
  redis.call('HSET', KEYS[1], 'turn', turn)
  redis.call('HDEL', KEYS[1], 'state', 'seen', 'rating', 'handedOff', 'resolved')
  newDeadline = true
elseif not known then
  return 0
elseif event == 'handed-off' then
  redis.call('HSET', KEYS[1], 'handedOff', '1')
elseif event == 'resolved' then
  redis.call('HSET', KEYS[1], 'resolved', '1')
  newDeadline = true
elseif known ~= turn then
  return 0
elseif event == 'first-token-seen' then
  redis.call('HSET', KEYS[1], 'seen', '1')
  if redis.call('HGET', KEYS[1], 'first') == turn then redis.call('HSETNX', KEYS[1], 'firstTtftMs', value) end
elseif event == 'answered' then
  redis.call('HSET', KEYS[1], 'state', value)
elseif event == 'rated' then
  redis.call('HSET', KEYS[1], 'rating', value)
end
if newDeadline or over > tonumber(redis.call('ZSCORE', KEYS[2], id) or '0') then redis.call('ZADD', KEYS[2], over, id) end
redis.call('EXPIRE', KEYS[1], ARGV[5])
return 1
`;

/** KEYS visit, open visits, usage queue · ARGV conversationId, now, record: closes a visit that is still over. */
const CLOSE = `
local over = redis.call('ZSCORE', KEYS[2], ARGV[1])
if not over or tonumber(over) > tonumber(ARGV[2]) then return 0 end
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('DEL', KEYS[1])
redis.call('XADD', KEYS[3], '*', 'r', ARGV[3])
return 1
`;

/** Longer than a handed-off visit lasts, so that the record outlives its deadline. */
const KEEP_SECONDS = 2 * 24 * 60 * 60;

export function createOpenVisits(redis: Redis, keys: RedisKeys): OpenVisits {
  const note = defineScript(redis, 'fwVisitNote', 2, NOTE);
  const close = defineScript(redis, 'fwVisitClose', 3, CLOSE);
  return {
    async note(conversationId, { type, at, overAt, turnId = '', value = '', visitorId = '' }) {
      await note(
        [keys.visit(conversationId), keys.openVisits()],
        [type, conversationId, at, overAt, KEEP_SECONDS, turnId, value, visitorId],
      );
    },
    over: (now, limit) => redis.zrangebyscore(keys.openVisits(), '-inf', now, 'LIMIT', 0, limit),
    async read(conversationId) {
      const { siteId, startedAt, visitorId, ...kept } = await redis.hgetall(keys.visit(conversationId));
      if (siteId === undefined || startedAt === undefined) return undefined;
      return {
        siteId,
        visitorId,
        startedAt: Number(startedAt),
        firstTtftMs: kept['firstTtftMs'] === undefined ? undefined : Number(kept['firstTtftMs']),
        lastState: kept['state'],
        lastSeen: kept['seen'] === '1',
        lastRating: kept['rating'],
        handedOff: kept['handedOff'] === '1',
        resolved: kept['resolved'] === '1',
      };
    },
    async close(conversationId, now, record) {
      const keysOfVisit = [keys.visit(conversationId), keys.openVisits(), keys.usageQueue()];
      return (await close(keysOfVisit, [conversationId, now, record])) === 1;
    },
    async forget(conversationId) {
      await redis.zrem(keys.openVisits(), conversationId);
    },
  };
}
