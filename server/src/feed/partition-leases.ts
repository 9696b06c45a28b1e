/**
 * Divides the partitions of a group among the processes that consume it. A process' lease covers all its partitions, so
 * that one write renews them; leases use Redis' clock.
 */

import { z } from 'zod';
import type { Redis } from '../lib/redis.ts';
import { defineScript } from '../lib/redis-script.ts';
import type { RedisKeys } from '../store/keys.ts';
import { PARTITIONS } from '../store/partition.ts';

export interface LeasedPartition {
  readonly partition: number;
  /** Grows with each claim: what an earlier owner writes later is refused. */
  readonly fencingToken: number;
  /** Its former owner has not released it, so it may have died while it handled an event. */
  readonly wasAbandoned: boolean;
}

export interface PartitionDivision {
  /** The partitions of this process, those that it has just claimed included. */
  readonly owned: readonly LeasedPartition[];
  /** How many it should have at most; it releases the others. */
  readonly share: number;
}

export interface PartitionLeases {
  /** Renews the lease and claims what is free, up to this process' share. */
  renew(): Promise<PartitionDivision>;
  /** Lets other processes claim these partitions. */
  release(partitions: readonly number[]): Promise<void>;
  /** Releases all. */
  leave(): Promise<void>;
}

/**
 * KEYS leases, members · ARGV processId, leaseMs
 * A lease is `processId|fencingToken|1 if abandoned`. The first write may not need memory: a full Redis would refuse it.
 */
const DIVIDE = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('HDEL', KEYS[2], '')
redis.call('HSET', KEYS[2], ARGV[1], string.format('%.0f', now + ARGV[2]))
local members, count = {}, 0
local stored = redis.call('HGETALL', KEYS[2])
for i = 1, #stored, 2 do
  if tonumber(stored[i + 1]) > now then
    members[stored[i]] = true
    count = count + 1
  else
    redis.call('HDEL', KEYS[2], stored[i])
  end
end
local share = math.ceil(${PARTITIONS} / count)
local owned, free = {}, {}
for partition = 0, ${PARTITIONS - 1} do
  local lease = redis.call('HGET', KEYS[1], partition)
  local owner, token, abandoned = string.match(lease or '', '^(.*)|(%d+)|(%d)$')
  if owner == ARGV[1] then
    owned[#owned + 1] = {partition, tonumber(token), tonumber(abandoned)}
  elseif not owner or not members[owner] then
    free[#free + 1] = {partition, owner and 1 or 0}
  end
end
for _, found in ipairs(free) do
  if #owned >= share then break end
  local token = math.max(tonumber(redis.call('HGET', KEYS[1], 'token') or '0') + 1, now)
  redis.call('HSET', KEYS[1], 'token', string.format('%.0f', token))
  redis.call('HSET', KEYS[1], found[1], string.format('%s|%.0f|%d', ARGV[1], token, found[2]))
  owned[#owned + 1] = {found[1], token, found[2]}
end
return {share, owned}
`;

/** KEYS leases · ARGV processId, partitions … */
const RELEASE = `
for i = 2, #ARGV do
  local owner = string.match(redis.call('HGET', KEYS[1], ARGV[i]) or '', '^(.*)|%d+|%d$')
  if owner == ARGV[1] then redis.call('HDEL', KEYS[1], ARGV[i]) end
end
`;

const divisionSchema = z.tuple([z.int(), z.array(z.tuple([z.int(), z.int(), z.int()]))]);

export function createPartitionLeases(
  redis: Redis,
  keys: RedisKeys,
  { group, processId, leaseMs }: { group: string; processId: string; leaseMs: number },
): PartitionLeases {
  const divide = defineScript(redis, 'fwFeedDivide', 2, DIVIDE);
  const releaseScript = defineScript(redis, 'fwFeedRelease', 1, RELEASE);
  const [leases, members] = [keys.feedLeases(group), keys.feedMembers(group)];
  const release = async (partitions: readonly number[]) => {
    await releaseScript([leases], [processId, ...partitions]);
  };
  return {
    async renew() {
      const [share, owned] = divisionSchema.parse(await divide([leases, members], [processId, leaseMs]));
      return {
        share,
        owned: owned.map(([partition, fencingToken, abandoned]) => ({
          partition,
          fencingToken,
          wasAbandoned: abandoned === 1,
        })),
      };
    },
    release,
    async leave() {
      await release(Array.from({ length: PARTITIONS }, (_, partition) => partition));
      await redis.hdel(members, processId);
    },
  };
}
