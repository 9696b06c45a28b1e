/** Counts of what happens in a window of time, shared by all processes. */
import type { Redis } from '../lib/redis.ts';
import { defineScript } from '../lib/redis-script.ts';

export interface WindowCounts {
  /** Adds to the count, and returns it. */
  add(key: string, amount: number, windowMs: number): Promise<number>;
  read(key: string): Promise<number>;
}

/** KEYS count · ARGV amount, windowMs */
const ADD = `
local count = redis.call('INCRBY', KEYS[1], ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return count
`;

export function createWindowCounts(redis: Redis): WindowCounts {
  const add = defineScript(redis, 'fwWindowCount', 1, ADD);
  return {
    add: async (key, amount, windowMs) => Number(await add([key], [amount, windowMs])),
    read: async (key) => Number((await redis.get(key)) ?? 0),
  };
}
