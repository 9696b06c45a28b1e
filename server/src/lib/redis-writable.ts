/** Checks that Redis accepts writes, and explains a refusal with its remedy. */
import type { Redis } from './redis-connection.ts';

const REMEDIES: readonly [code: string, remedy: string][] = [
  ['OOM', 'Redis is full. Raise maxmemory, or shorten retentionDays.'],
  ['READONLY', 'Redis is a read-only replica. Point REDIS_URL to the primary.'],
  ['MISCONF', 'Redis cannot save to its disk. Check its free space, its permissions and its log.'],
];

/** @throws Error with the remedy if a write of one small key is refused */
export async function checkWritable(redis: Pick<Redis, 'set'>, key: string): Promise<void> {
  try {
    await redis.set(key, '1', 'PX', 60_000);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const remedy = REMEDIES.find(([code]) => reason.startsWith(code))?.[1];
    throw remedy === undefined ? error : new Error(`${remedy} (${reason})`);
  }
}
