/** Reads from a Redis server's settings whether it can lose acknowledged writes. */
import type { Redis } from 'ioredis';

export interface Durability {
  /** Known to lose writes; false also when the settings can't be read. */
  readonly lossy: boolean;
  /** What to change, one line each. */
  readonly warnings: string[];
}

/** Setting, required value, and what happens otherwise. */
const NEEDED = [
  ['appendonly', 'yes', 'a restart loses all data'],
  ['appendfsync', 'always', 'a crash loses messages that were already acknowledged to visitors'],
  ['maxmemory-policy', 'noeviction', 'conversations are evicted when memory runs out'],
] as const;

const HIDDEN =
  'Cannot check Redis durability because CONFIG GET is not allowed. Check appendonly, appendfsync and maxmemory-policy yourself.';

/** @throws Error when Redis does not answer */
export async function readDurability(redis: Redis): Promise<Durability> {
  const warnings: string[] = [];
  for (const [name, needed, cost] of NEEDED) {
    const found = await readSetting(redis, name);
    if (found === undefined) return { lossy: false, warnings: [HIDDEN] };
    if (found !== needed) warnings.push(`Redis ${name} is "${found}"; set it to "${needed}", otherwise ${cost}`);
  }
  return { lossy: warnings.length > 0, warnings };
}

/** Undefined where CONFIG isn't allowed, as with many hosted services. */
async function readSetting(redis: Redis, name: string): Promise<string | undefined> {
  try {
    const reply: unknown = await redis.config('GET', name);
    return Array.isArray(reply) && typeof reply[1] === 'string' ? reply[1] : undefined;
  } catch (error) {
    if (error instanceof Error && /NOPERM|unknown command/i.test(error.message)) return undefined;
    throw error;
  }
}
