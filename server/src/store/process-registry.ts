/**
 * Which processes run, and what their versions understand. A version that stores something new waits until no process would
 * misread it, so processes can be replaced one after the other.
 */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Log } from '../lib/log.ts';
import type { Redis } from '../lib/redis.ts';
import { defineScript } from '../lib/redis-script.ts';
import type { RedisKeys } from './keys.ts';
import { NOW_MS } from './redis-clock.ts';

/** What this version understands that an earlier one does not. */
export const FEATURES = ['cold-conversations'] as const;
export type Feature = (typeof FEATURES)[number];

export interface ProcessRegistry {
  /** The id of this process, also as a consumer of the feed. */
  readonly processId: string;
  /** Consumers of the feed that are not registered are of a version before the registry, which understands nothing of it. */
  allUnderstand(feature: Feature): Promise<boolean>;
  leave(): Promise<void>;
}

export interface ProcessRegistrySettings {
  /** Consumer groups of the feed, whose members must be registered. */
  readonly groups: readonly string[];
  readonly log: Log;
  readonly features?: readonly string[];
  /** How often this process renews its entry, which lasts six times as long. */
  readonly renewMs?: number;
}

const RENEW_MS = 10_000;

/** KEYS processes · ARGV processId, lifeMs, features. The first write may not need memory: a full Redis would refuse it. */
const RENEW = `${NOW_MS}
redis.call('HDEL', KEYS[1], '')
local stored = redis.call('HGETALL', KEYS[1])
for i = 1, #stored, 2 do
  if tonumber(string.match(stored[i + 1], '^%d+')) <= nowMs then redis.call('HDEL', KEYS[1], stored[i]) end
end
redis.call('HSET', KEYS[1], ARGV[1], inMs(ARGV[2]) .. '|' .. ARGV[3])
`;

/** KEYS a hash of process → when its entry ends, `|` and more · returns the process and what follows, of each valid entry. */
const LIST_VALID = `${NOW_MS}
local valid = {}
local stored = redis.call('HGETALL', KEYS[1])
for i = 1, #stored, 2 do
  local ends, more = string.match(stored[i + 1], '^(%d+)|?(.*)$')
  if ends and tonumber(ends) > nowMs then valid[#valid + 1] = {stored[i], more} end
end
return valid
`;
const validSchema = z.array(z.tuple([z.string(), z.string()]));

/** Registered when it resolves. It must be registered before it consumes the feed. */
export async function joinProcesses(
  redis: Redis,
  keys: RedisKeys,
  { groups, log, features = FEATURES, renewMs = RENEW_MS }: ProcessRegistrySettings,
): Promise<ProcessRegistry> {
  const processId = randomUUID();
  const renewScript = defineScript(redis, 'fwProcessRenew', 1, RENEW);
  const list = defineScript(redis, 'fwProcesses', 1, LIST_VALID);
  const renew = () => renewScript([keys.processes()], [processId, 6 * renewMs, features.join()]);
  const validIn = async (key: string) => validSchema.parse(await list([key], []));
  await renew();
  const timer = setInterval(() => {
    renew().catch((error: unknown) =>
      log.debug({ reason: String(error) }, 'failed to renew the entry of this process'),
    );
  }, renewMs);
  return {
    processId,
    async allUnderstand(feature) {
      const [registered, ...members] = await Promise.all(
        [keys.processes(), ...groups.map(keys.feedMembers)].map(validIn),
      );
      const known = new Map(registered);
      return (
        [...known.values()].every((understood) => understood.split(',').includes(feature)) &&
        members.flat().every(([member]) => known.has(member))
      );
    },
    async leave() {
      clearInterval(timer);
      await redis.hdel(keys.processes(), processId).catch(() => {}); // it expires
    },
  };
}
