/** Walks through all conversations in small batches, again and again. All processes share the position. */
import type { Redis } from '../lib/redis.ts';
import { whenFull } from '../lib/redis-full.ts';
import { scanStep } from '../lib/redis-scan.ts';
import type { RedisKeys } from './keys.ts';
import { takeTurn } from './shared-turn.ts';

export interface EvictionWalk {
  /**
   * Passes the next conversations to `work`. If `work` rejects, the same ones are next again.
   * @param everyMs within this time only one process gets a batch
   */
  next(everyMs: number, work: (conversationIds: readonly string[]) => Promise<void>): Promise<void>;
}

/** Redis keys scanned per step, not conversations. */
const KEYS_A_STEP = 1000;

export function createEvictionWalk(redis: Redis, keys: RedisKeys): EvictionWalk {
  /** Where a full Redis refuses to store the position, each process walks by itself: it is then needed most. */
  let unstored: string | undefined;
  return {
    async next(everyMs, work) {
      if (!(await takeTurn(redis, keys.evictionTurn(), everyMs))) return;
      const before = unstored ?? (await redis.get(keys.evictionWalk())) ?? '0';
      const { cursor, keys: heads } = await scanStep(redis, before, keys.allHeads(), KEYS_A_STEP);
      await work(heads.flatMap((head) => keys.conversationOfHead(head) ?? []));
      unstored = cursor;
      if ((await redis.set(keys.evictionWalk(), cursor).catch(whenFull(null))) === 'OK') unstored = undefined;
    },
  };
}
