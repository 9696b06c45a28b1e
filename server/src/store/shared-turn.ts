/** Lets one of all processes do a task, at most once in a period. */
import type { Redis } from '../lib/redis.ts';
import { whenFull } from '../lib/redis-full.ts';
import { readRedisClock } from './redis-clock.ts';

/** Resolves with the time by Redis' clock, in milliseconds since 1970, when it is this process' turn. */
export type SharedTurn = () => Promise<number | undefined>;

/** A full Redis refuses the lock: then every process has its turn, so the task may run twice. */
export async function takeTurn(redis: Redis, key: string, periodMs: number): Promise<boolean> {
  return (await redis.set(key, '1', 'PX', periodMs, 'NX').catch(whenFull('OK' as const))) !== null;
}

export function createSharedTurn(redis: Redis, key: string, periodMs: number): SharedTurn {
  return async () => ((await takeTurn(redis, key, periodMs)) ? readRedisClock(redis) : undefined);
}
