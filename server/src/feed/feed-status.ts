/** How far each group is behind, and the events that it could not handle. For metrics, the console and operators. */

import { z } from 'zod';
import type { Redis } from '../lib/redis.ts';
import { defineScript } from '../lib/redis-script.ts';
import type { RedisKeys } from '../store/keys.ts';
import { PARTITIONS } from '../store/partition.ts';

export const setAsideEventSchema = z.object({
  group: z.string(),
  eventId: z.string(),
  /** The entry of the stream: names and values in turn. */
  fields: z.array(z.string()),
  tries: z.int(),
  reason: z.string(),
  /** When it was set aside, in milliseconds since 1970. */
  at: z.number(),
});
export type SetAsideEvent = z.infer<typeof setAsideEventSchema>;

export interface GroupStatus {
  readonly group: string;
  /** Age of the oldest event that the group has not handled; 0 when it has handled all. */
  readonly lagSeconds: number;
  readonly setAside: number;
}

export interface FeedStatus {
  /** Every registered group, also one that no process consumes. */
  groups(): Promise<GroupStatus[]>;
  /** Newest first. */
  setAside(limit: number): Promise<SetAsideEvent[]>;
}

/** KEYS feed, cursors, set-aside events · returns for each group its name, its lag in milliseconds and its set-aside events. */
const READ_GROUPS = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local aside = {}
for _, field in ipairs(redis.call('HKEYS', KEYS[3])) do
  local group = string.match(field, '^[^:]+')
  aside[group] = (aside[group] or 0) + 1
end
local groups = {}
local stored = redis.call('HGETALL', KEYS[2])
for i = 1, #stored, 2 do
  if not string.find(stored[i], ':', 1, true) then
    local next = redis.call('XRANGE', KEYS[1], '(' .. stored[i + 1], '+', 'COUNT', 1)[1]
    local lag = next and math.max(0, now - tonumber(string.match(next[1], '^%d+'))) or 0
    groups[#groups + 1] = {stored[i], lag, aside[stored[i]] or 0}
  end
end
return groups
`;

const groupsSchema = z.array(z.tuple([z.string(), z.int(), z.int()]));
const ALL = Array.from({ length: PARTITIONS }, (_, partition) => partition);

export function createFeedStatus(redis: Redis, keys: RedisKeys): FeedStatus {
  const readGroups = defineScript(redis, 'fwFeedGroups', 3, READ_GROUPS);
  return {
    async groups() {
      const found = new Map<string, GroupStatus>();
      await Promise.all(
        ALL.map(async (partition) => {
          const where = [keys.feed(partition), keys.feedCursors(partition), keys.feedSetAside(partition)];
          for (const [group, lagMs, setAside] of groupsSchema.parse(await readGroups(where, []))) {
            const other = found.get(group) ?? { group, lagSeconds: 0, setAside: 0 };
            const lagSeconds = Math.max(other.lagSeconds, lagMs / 1000);
            found.set(group, { group, lagSeconds, setAside: other.setAside + setAside });
          }
        }),
      );
      return [...found.values()];
    },

    async setAside(limit) {
      const stored = await Promise.all(ALL.map((partition) => redis.hvals(keys.feedSetAside(partition))));
      return stored
        .flat()
        .map((json) => setAsideEventSchema.parse(JSON.parse(json)))
        .toSorted((one, other) => other.at - one.at)
        .slice(0, limit);
    },
  };
}
