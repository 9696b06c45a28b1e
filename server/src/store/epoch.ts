/** Notices that Redis was emptied, or another one put in its place, while this process was running. */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { defineScript } from '../lib/redis-script.ts';
import type { RedisKeys } from './keys.ts';

export interface Epoch {
  /** True once after what was stored has gone. */
  changed(): Promise<boolean>;
}

/** KEYS epoch · ARGV a new one: who comes first after a loss names the epoch for all. */
const READ_EPOCH = `
redis.call('SET', KEYS[1], ARGV[1], 'NX')
return redis.call('GET', KEYS[1])
`;

export function createEpoch(redis: Redis, keys: RedisKeys): Epoch {
  const read = defineScript(redis, 'fwEpoch', 1, READ_EPOCH);
  let held: string | undefined;
  return {
    async changed() {
      const found = z.string().parse(await read([keys.epoch()], [randomUUID()]));
      const changed = held !== undefined && found !== held;
      held = found;
      return changed;
    },
  };
}
