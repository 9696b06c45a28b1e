/** Reads from a Redis server's settings whether it can lose acknowledged writes. */
import { addressOf, type Redis, type ServerConnection, serversOf } from './redis-connection.ts';

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
  'Cannot check Redis durability because CONFIG GET is not allowed; check appendonly, appendfsync and maxmemory-policy yourself';

/** Asks every server of a cluster. @throws Error when one does not answer */
export async function readDurability(redis: Redis): Promise<Durability> {
  const servers = serversOf(redis);
  const found = await Promise.all(
    servers.map(async (server) => {
      const { lossy, warnings } = await readServer(server);
      return { lossy, warnings: servers.length === 1 ? warnings : warnings.map(naming(server)) };
    }),
  );
  const warnings = [...new Set(found.flatMap(({ warnings: each }) => each))];
  return { lossy: found.some(({ lossy }) => lossy), warnings };
}

/** An account may be allowed the same on every server of a cluster. */
const naming = (server: ServerConnection) => (warning: string) =>
  warning === HIDDEN ? warning : warning.replace('Redis', () => `Redis ${addressOf(server)}`);

async function readServer(redis: ServerConnection): Promise<Durability> {
  const warnings: string[] = [];
  for (const [name, needed, cost] of NEEDED) {
    const found = await readSetting(redis, name);
    if (found === undefined) return { lossy: false, warnings: [HIDDEN] };
    if (found !== needed) warnings.push(`Redis ${name} is "${found}"; set it to "${needed}", otherwise ${cost}`);
  }
  return { lossy: warnings.length > 0, warnings };
}

/** Undefined where CONFIG isn't allowed, as with many hosted services. */
async function readSetting(redis: ServerConnection, name: string): Promise<string | undefined> {
  try {
    const reply: unknown = await redis.config('GET', name);
    return Array.isArray(reply) && typeof reply[1] === 'string' ? reply[1] : undefined;
  } catch (error) {
    if (error instanceof Error && /NOPERM|unknown command/i.test(error.message)) return undefined;
    throw error;
  }
}
