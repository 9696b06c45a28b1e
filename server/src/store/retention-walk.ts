/** Walks through all conversations in small batches, and limits how many of them are deleted in an hour. All processes share both. */

import { z } from 'zod';
import type { Redis } from '../lib/redis.ts';
import { whenFull } from '../lib/redis-full.ts';
import { scanStep } from '../lib/redis-scan.ts';
import type { RedisKeys } from './keys.ts';
import { readRedisClock } from './redis-clock.ts';
import { takeTurn } from './shared-turn.ts';

export interface RetentionStep {
  readonly conversationIds: readonly string[];
  /** By Redis' clock: a process whose own clock is wrong must not delete early. Milliseconds since 1970. */
  readonly now: number;
  /** How many conversations may be deleted. */
  readonly allowance: number;
}

export interface RetentionResult {
  readonly deleted: number;
  /** Old conversations were kept because the allowance was used up. */
  readonly heldBack: boolean;
}

export interface RetentionPause {
  readonly deleted: number;
  /** All conversations, as counted in the last walk. */
  readonly total: number;
}

export interface RetentionWalk {
  /**
   * Passes the next conversations to `work`. If `work` rejects, the same batch is next again. Nothing may be deleted
   * before the first walk has counted the conversations.
   * @param everyMs within this time only one process gets a batch
   * @returns the pause, in the step in which it begins; it lasts until the next hour
   */
  next(everyMs: number, work: (step: RetentionStep) => Promise<RetentionResult>): Promise<RetentionPause | undefined>;
}

/** The greatest share of all conversations that one hour deletes. More is a wrong clock or a setting that someone regrets. */
export const HOURLY_SHARE = 0.1;
/** Even if that is more than the share: small installations would wait for days. */
export const HOURLY_MIN = 10;
/** Redis keys scanned per step, not conversations; takes a fraction of a millisecond. */
const KEYS_A_STEP = 1000;
const HOUR_MS = 3_600_000;

const stateSchema = z.object({
  cursor: z.string().default('0'),
  /** Conversations found so far in this walk. */
  seen: z.coerce.number().default(0),
  /** Conversations found in the last complete walk. */
  total: z.coerce.number().optional(),
  /** Hours since 1970, and what was deleted in that hour. */
  hour: z.coerce.number().default(0),
  deleted: z.coerce.number().default(0),
  paused: z.stringbool().default(false),
});
type State = z.infer<typeof stateSchema>;

/** @param clock milliseconds since 1970; otherwise Redis' own */
export function createRetentionWalk(redis: Redis, keys: RedisKeys, clock?: () => number): RetentionWalk {
  /** What a full Redis refused to store. */
  let unstored: State | undefined;

  async function store(state: State) {
    unstored = state;
    const { total, ...rest } = state;
    await redis.hset(keys.retentionWalk(), { ...rest, ...(total !== undefined && { total }) }).then(() => {
      unstored = undefined;
    }, whenFull(undefined));
  }

  return {
    async next(everyMs, work) {
      if (!(await takeTurn(redis, keys.retentionTurn(), everyMs))) return undefined;
      const [stored, now] = await Promise.all([
        redis.hgetall(keys.retentionWalk()),
        clock?.() ?? readRedisClock(redis),
      ]);
      const before = unstored ?? stateSchema.parse(stored);
      const hour = Math.floor(now / HOUR_MS);
      const state = before.hour === hour ? before : { ...before, hour, deleted: 0, paused: false };
      if (state.paused) return undefined;
      const { cursor, keys: heads } = await scanStep(redis, state.cursor, keys.allHeads(), KEYS_A_STEP);
      const conversationIds = heads.flatMap((head) => keys.conversationOfHead(head) ?? []);
      const { total } = state;
      const limit = total === undefined ? 0 : Math.max(HOURLY_MIN, Math.floor(total * HOURLY_SHARE));
      const { deleted, heldBack } = await work({ conversationIds, now, allowance: limit - state.deleted });
      const after = { ...state, deleted: state.deleted + deleted };
      if (heldBack && total !== undefined) {
        // The same batch is next again.
        await store({ ...after, paused: true });
        return { deleted: after.deleted, total };
      }
      const seen = state.seen + conversationIds.length;
      await store(cursor === '0' ? { ...after, cursor, seen: 0, total: seen } : { ...after, cursor, seen });
      return undefined;
    },
  };
}
