/** A set in Redis whose members expire unless they are renewed. */
import { z } from 'zod';
import type { Redis } from '../lib/redis.ts';
import { defineScript } from '../lib/redis-script.ts';

export interface ExpiringSet {
  /** Adds or renews these members. */
  touch(members: readonly string[]): Promise<void>;
  drop(member: string): Promise<void>;
  read(): Promise<string[]>;
}

/** KEYS set · ARGV ttlMs, member …: uses Redis' clock, so that processes' clocks may differ. */
const TOUCH = `
local time = redis.call('TIME')
local until_ = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000) + ARGV[1])
for i = 2, #ARGV do redis.call('ZADD', KEYS[1], until_, ARGV[i]) end
return 1
`;
/** KEYS set: the members that have not expired. */
const READ = `
local time = redis.call('TIME')
local now = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
return redis.call('ZRANGE', KEYS[1], 0, -1)
`;

const membersSchema = z.array(z.string());

/** @param ttlMs how long a member stays unless it is renewed */
export function createExpiringSet(redis: Redis, key: string, ttlMs: number): ExpiringSet {
  const touch = defineScript(redis, 'fwPresenceTouch', 1, TOUCH);
  const read = defineScript(redis, 'fwPresenceRead', 1, READ);
  return {
    async touch(members) {
      if (members.length > 0) await touch([key], [ttlMs, ...members]);
    },
    async drop(member) {
      await redis.zrem(key, member);
    },
    read: async () => membersSchema.parse(await read([key], [])),
  };
}
