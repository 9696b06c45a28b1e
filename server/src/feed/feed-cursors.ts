/** How far each group has handled a partition's feed. What every group has handled leaves the feed. */

import { z } from 'zod';
import type { Redis } from '../lib/redis.ts';
import { defineScript } from '../lib/redis-script.ts';
import type { RedisKeys } from '../store/keys.ts';
import { PARTITIONS } from '../store/partition.ts';

/** A partition as one process consumes it for a group. */
export interface PartitionClaim {
  readonly group: string;
  readonly partition: number;
  readonly fencingToken: number;
}

export interface FeedCursors {
  /** From now on no event leaves the feed before the group has handled it. A new group starts with what the feed still holds. */
  register(group: string): Promise<void>;
  /** Refuses what earlier owners write from now on. Undefined when a later one has begun or the group is not registered. */
  begin(claim: PartitionClaim): Promise<string | undefined>;
  /** Moves the cursor to this event, and puts it on the list of set-aside events if a reason is given. False when the claim is no longer valid. */
  advance(claim: PartitionClaim, eventId: string, setAside?: string): Promise<boolean>;
  /** Counts a try before it is made, so that the count outlives the process. Undefined when the claim is no longer valid. */
  countTry(claim: PartitionClaim, eventId: string): Promise<number | undefined>;
  /** Forgets the tries of the next event. */
  forgetTries(claim: PartitionClaim): Promise<void>;
}

/** KEYS cursors · ARGV group, fencingToken */
const BEGIN = `
local cursor = redis.call('HGET', KEYS[1], ARGV[1])
if not cursor or tonumber(redis.call('HGET', KEYS[1], 'token:' .. ARGV[1]) or '0') > tonumber(ARGV[2]) then return false end
redis.call('HDEL', KEYS[1], '')
redis.call('HSET', KEYS[1], 'token:' .. ARGV[1], ARGV[2])
return cursor
`;

/**
 * KEYS feed, cursors, set-aside events · ARGV group, fencingToken, eventId, set-aside event or ''
 * Trims first: a full Redis refuses a first write that may need memory, and would never become empty again.
 */
const ADVANCE = `
if redis.call('HGET', KEYS[2], 'token:' .. ARGV[1]) ~= ARGV[2] then return 0 end
local function partsOf(id)
  local ms, n = string.match(id, '^(%d+)-(%d+)$')
  return tonumber(ms), tonumber(n)
end
local leastMs, leastN = partsOf(ARGV[3])
local stored = redis.call('HGETALL', KEYS[2])
for i = 1, #stored, 2 do
  if stored[i] ~= ARGV[1] and not string.find(stored[i], ':', 1, true) then
    local ms, n = partsOf(stored[i + 1])
    if ms < leastMs or (ms == leastMs and n < leastN) then leastMs, leastN = ms, n end
  end
end
redis.call('XTRIM', KEYS[1], 'MINID', string.format('%.0f-%.0f', leastMs, leastN + 1))
redis.call('HDEL', KEYS[2], 'try:' .. ARGV[1])
if ARGV[4] ~= '' then redis.call('HSET', KEYS[3], ARGV[1] .. ':' .. ARGV[3], ARGV[4]) end
redis.call('HSET', KEYS[2], ARGV[1], ARGV[3])
return 1
`;

/** KEYS cursors · ARGV group, fencingToken, eventId */
const COUNT_TRY = `
if redis.call('HGET', KEYS[1], 'token:' .. ARGV[1]) ~= ARGV[2] then return 0 end
local id, count = string.match(redis.call('HGET', KEYS[1], 'try:' .. ARGV[1]) or '', '^(.*)|(%d+)$')
local tries = id == ARGV[3] and tonumber(count) + 1 or 1
redis.call('HDEL', KEYS[1], '')
redis.call('HSET', KEYS[1], 'try:' .. ARGV[1], ARGV[3] .. '|' .. tries)
return tries
`;

const cursorSchema = z.string().nullable();
const countSchema = z.int();

export function createFeedCursors(redis: Redis, keys: RedisKeys): FeedCursors {
  const begin = defineScript(redis, 'fwFeedBegin', 1, BEGIN);
  const advance = defineScript(redis, 'fwFeedAdvance', 3, ADVANCE);
  const countTry = defineScript(redis, 'fwFeedTry', 1, COUNT_TRY);
  return {
    async register(group) {
      const partitions = Array.from({ length: PARTITIONS }, (_, partition) => partition);
      const known = await Promise.all(partitions.map((partition) => redis.hexists(keys.feedCursors(partition), group)));
      // Only where it is missing, because a full Redis refuses each write.
      const missing = partitions.filter((partition) => known[partition] === 0);
      await Promise.all(missing.map((partition) => redis.hsetnx(keys.feedCursors(partition), group, '0-0')));
    },

    async begin({ group, partition, fencingToken }) {
      return cursorSchema.parse(await begin([keys.feedCursors(partition)], [group, fencingToken])) ?? undefined;
    },

    async advance({ group, partition, fencingToken }, eventId, setAside = '') {
      const where = [keys.feed(partition), keys.feedCursors(partition), keys.feedSetAside(partition)];
      return (await advance(where, [group, fencingToken, eventId, setAside])) === 1;
    },

    async countTry({ group, partition, fencingToken }, eventId) {
      const tries = await countTry([keys.feedCursors(partition)], [group, fencingToken, eventId]);
      return countSchema.parse(tries) || undefined;
    },

    async forgetTries({ group, partition }) {
      await redis.hdel(keys.feedCursors(partition), `try:${group}`);
    },
  };
}
