/** Lets one of all processes do a task, at most once in a period. */
import type { Redis } from '../lib/redis.ts';

/** Resolves with the time by Redis' clock, in milliseconds since 1970, when it is this process' turn. */
export type SharedTurn = () => Promise<number | undefined>;

export function createSharedTurn(redis: Redis, key: string, periodMs: number): SharedTurn {
  return async () => {
    if ((await redis.set(key, '1', 'PX', periodMs, 'NX')) === null) return undefined;
    return Number((await redis.time())[0]) * 1000;
  };
}
