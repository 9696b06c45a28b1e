/** Redis' own clock, so that a server with a wrong clock does no harm. */
import type { Redis } from '../lib/redis.ts';

/** In milliseconds since 1970. */
export async function readRedisClock(redis: Redis): Promise<number> {
  const [seconds, microseconds] = await redis.time();
  return Number(seconds) * 1000 + Math.floor(Number(microseconds) / 1000);
}

/** For scripts. */
export const NOW_MS = `
local time = redis.call('TIME')
local nowMs = time[1] * 1000 + math.floor(time[2] / 1000)
local function inMs(ms) return string.format('%.0f', nowMs + ms) end
`;
