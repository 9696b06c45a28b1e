/** How far each group is behind. For metrics, the console and operators. */
import type { FeedGroup } from '@firstword/shared/feed-status';
import { z } from 'zod';
import type { Redis } from '../lib/redis.ts';
import { defineScript } from '../lib/redis-script.ts';
import type { RedisKeys } from '../store/keys.ts';
import { PARTITIONS } from '../store/partition.ts';

export interface FeedStatus {
  /** Every registered group, also one that no process consumes. */
  groups(): Promise<FeedGroup[]>;
}

/**
 * KEYS feed, cursors, set-aside events · ARGV waiting events that are counted
 * Returns for each group its name, its lag in milliseconds, its waiting and its set-aside events.
 */
const READ_GROUPS = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local aside = {}
for _, field in ipairs(redis.call('HKEYS', KEYS[3])) do
  local group = string.match(field, '^[^:]+')
  aside[group] = (aside[group] or 0) + 1
end
local groups = {}
local first = redis.call('XRANGE', KEYS[1], '-', '+', 'COUNT', 1)[1]
local stored = redis.call('HGETALL', KEYS[2])
for i = 1, #stored, 2 do
  if not string.find(stored[i], ':', 1, true) then
    local next = redis.call('XRANGE', KEYS[1], '(' .. stored[i + 1], '+', 'COUNT', 1)[1]
    local lag = next and math.max(0, now - tonumber(string.match(next[1], '^%d+'))) or 0
    local waiting = 0
    -- What the slowest group has not handled is the whole stream.
    if next and next[1] == first[1] then waiting = redis.call('XLEN', KEYS[1])
    elseif next then waiting = #redis.call('XRANGE', KEYS[1], next[1], '+', 'COUNT', ARGV[1]) end
    groups[#groups + 1] = {stored[i], lag, waiting, aside[stored[i]] or 0}
  end
end
return groups
`;

/** In one partition: an exact number of what is far behind would read all of it. */
const WAITING_MAX = 1000;

const groupsSchema = z.array(z.tuple([z.string(), z.int(), z.int(), z.int()]));
const ALL = Array.from({ length: PARTITIONS }, (_, partition) => partition);

/** KEYS members of a group · returns how many leases are valid. */
const COUNT_MEMBERS = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local count = 0
for _, ends in ipairs(redis.call('HVALS', KEYS[1])) do
  if (tonumber(ends) or 0) > now then count = count + 1 end
end
return count
`;
const countSchema = z.int();

export function createFeedStatus(redis: Redis, keys: RedisKeys): FeedStatus {
  const readGroups = defineScript(redis, 'fwFeedGroups', 3, READ_GROUPS);
  const countMembers = defineScript(redis, 'fwFeedMembers', 1, COUNT_MEMBERS);
  return {
    async groups() {
      const found = new Map<string, FeedGroup>();
      await Promise.all(
        ALL.map(async (partition) => {
          const where = [keys.feed(partition), keys.feedCursors(partition), keys.feedSetAside(partition)];
          for (const [group, lagMs, waiting, setAside] of groupsSchema.parse(await readGroups(where, [WAITING_MAX]))) {
            const other = found.get(group) ?? { group, lagSeconds: 0, waiting: 0, processes: 0, setAside: 0 };
            found.set(group, {
              ...other,
              lagSeconds: Math.max(other.lagSeconds, lagMs / 1000),
              waiting: other.waiting + waiting,
              setAside: other.setAside + setAside,
            });
          }
        }),
      );
      return Promise.all(
        [...found.values()].map(async (status) => ({
          ...status,
          processes: countSchema.parse(await countMembers([keys.feedMembers(status.group)], [])),
        })),
      );
    },
  };
}
