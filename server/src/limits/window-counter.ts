/**
 * Counts by key in windows of time: at once in memory, so that no visitor waits, and over all processes in the
 * background, through Redis.
 */
import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';
import type { Redis } from '../lib/redis.ts';

export interface WindowCount {
  readonly count: number;
  readonly msLeft: number;
}

export interface WindowCounter {
  /** Adds points, which may be negative, before it returns; resolves with the new count. */
  add(key: string, points: number): Promise<WindowCount>;
  /** The count, from memory. */
  read(key: string): Promise<number>;
}

export interface WindowCounterParts {
  readonly redis: Redis;
  readonly keyPrefix: string;
  /** A key's name in Redis: an address is stored in no other form. */
  readonly hide: (key: string) => string;
  /** From this count on, a key is counted over all processes. */
  readonly shareFrom: number;
  readonly onError: (error: unknown) => void;
  readonly windowSeconds: number;
}

const SHARE_EVERY_MS = 500;

export function createWindowCounter({
  redis,
  keyPrefix,
  hide,
  shareFrom,
  onError,
  windowSeconds,
}: WindowCounterParts): WindowCounter {
  const window = { points: Number.MAX_SAFE_INTEGER, duration: windowSeconds };
  const own = new RateLimiterMemory(window);
  const shared = new RateLimiterRedis({ ...window, storeClient: redis, keyPrefix });
  /** Counted here, and not in Redis yet. */
  const pending = new Map<string, number>();
  let isWaiting = false;

  const share = async (key: string, points: number) => {
    const { consumedPoints: total, msBeforeNext } = await shared.penalty(hide(key), points);
    const inAll = total + (pending.get(key) ?? 0);
    if (inAll > ((await own.get(key))?.consumedPoints ?? 0)) await own.set(key, inAll, msBeforeNext / 1000);
  };
  const shareAll = async () => {
    isWaiting = false;
    const waiting = [...pending].filter(([, points]) => points > 0);
    pending.clear();
    await Promise.all(waiting.map(([key, points]) => share(key, points))).catch(onError);
  };

  return {
    async add(key, points) {
      const { consumedPoints: count, msBeforeNext: msLeft } =
        points < 0 ? await own.reward(key, -points) : await own.penalty(key, points);
      if (count >= shareFrom || pending.has(key)) {
        const isFirst = count - points < shareFrom && !pending.has(key);
        pending.set(key, (pending.get(key) ?? 0) + (isFirst ? count : points));
        if (!isWaiting) setTimeout(() => void shareAll(), SHARE_EVERY_MS).unref();
        isWaiting = true;
      }
      return { count, msLeft };
    },
    read: async (key) => (await own.get(key))?.consumedPoints ?? 0,
  };
}
