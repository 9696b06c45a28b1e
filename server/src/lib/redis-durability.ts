/** Says in which way a Redis would lose what it has acknowledged, by how it is set up. */
import type { Redis } from 'ioredis';

export interface Durability {
  /** It is known to lose something; false also where Redis does not tell. */
  readonly lossy: boolean;
  /** What to see to, a line each. */
  readonly warnings: string[];
}

/** What each setting must be, and what it costs when it is not. */
const NEEDED = [
  ['appendonly', 'yes', 'a restart loses everything'],
  ['appendfsync', 'always', 'a kill loses messages that visitors were told are safe'],
  ['maxmemory-policy', 'noeviction', 'conversations vanish when memory is short'],
] as const;

const HIDDEN =
  'Redis does not tell its settings, because CONFIG is refused: see to appendonly, appendfsync and maxmemory-policy';

/** @throws Error when Redis does not answer */
export async function readDurability(redis: Redis): Promise<Durability> {
  const warnings: string[] = [];
  for (const [name, needed, cost] of NEEDED) {
    const found = await readSetting(redis, name);
    if (found === undefined) return { lossy: false, warnings: [HIDDEN] };
    if (found !== needed) warnings.push(`Redis' ${name} is "${found}"; it must be "${needed}", or ${cost}`);
  }
  return { lossy: warnings.length > 0, warnings };
}

/** Undefined where it may not be read, as with many hosted ones. */
async function readSetting(redis: Redis, name: string): Promise<string | undefined> {
  try {
    const reply: unknown = await redis.config('GET', name);
    return Array.isArray(reply) && typeof reply[1] === 'string' ? reply[1] : undefined;
  } catch (error) {
    if (error instanceof Error && /NOPERM|unknown command/i.test(error.message)) return undefined;
    throw error;
  }
}
