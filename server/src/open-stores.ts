/** Connects to Redis and PostgreSQL, and starts private ones where none is configured. */
import type { Site } from '@firstword/shared/site';
import type { Config } from './config/config.ts';
import { createDataDir } from './lib/data-dir.ts';
import type { Log } from './lib/log.ts';
import { connectRedis } from './lib/redis.ts';
import { readDurability } from './lib/redis-durability.ts';
import { createPrivatePostgres } from './local/private-postgres.ts';
import { createPrivateRedis } from './local/private-redis.ts';
import { openRecords, type Records } from './records/records.ts';

type StoreSettings = Pick<Config, 'redisUrl' | 'databaseUrl' | 'dataDir' | 'production'> & {
  readonly sites: ReadonlyMap<string, Pick<Site, 'locale'>>;
};

export interface Stores {
  readonly redisUrl: string;
  readonly records: Records;
}

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** @param running what has been started, also when this rejects: to be stopped in reverse order */
export async function openStores(
  settings: StoreSettings,
  log: Log,
  running: { stop(): Promise<void> }[],
): Promise<Stores> {
  const { dataDir, production, sites } = settings;
  if (settings.redisUrl === undefined || settings.databaseUrl === undefined) {
    const folder = createDataDir(dataDir);
    running.push({ stop: async () => folder.release() });
  }
  const openRedis = async () => {
    const redisUrl = settings.redisUrl ?? (await startRedis(dataDir, log, running));
    await checkDurability(redisUrl, production, log);
    return redisUrl;
  };
  const openDatabase = async () => {
    const url = settings.databaseUrl ?? (await startPostgres(dataDir, log, running));
    const localeOf = (siteId: string) => sites.get(siteId)?.locale ?? 'en';
    const records = await openRecords({ url, localeOf, log });
    running.push({ stop: records.close });
    return records;
  };
  // Both settle before this rejects, so that everything that was started is known.
  const [redis, database] = await Promise.allSettled([openRedis(), openDatabase()]);
  if (redis.status === 'rejected') throw redis.reason;
  if (database.status === 'rejected') throw database.reason;
  return { redisUrl: redis.value, records: database.value };
}

async function startRedis(dataDir: string, log: Log, running: { stop(): Promise<void> }[]): Promise<string> {
  const redis = createPrivateRedis({ dataDir, log });
  running.push(redis);
  await redis.ready;
  say('Started a private Redis. Every write goes to disk.');
  return `unix://${redis.path}`;
}

async function startPostgres(dataDir: string, log: Log, running: { stop(): Promise<void> }[]): Promise<string> {
  const postgres = createPrivatePostgres({ dataDir, log });
  running.push(postgres);
  await postgres.ready;
  say('Started a private PostgreSQL.');
  return postgres.url;
}

/** @throws Error in production, where an acknowledged message must not be lost */
async function checkDurability(redisUrl: string, production: boolean, log: Log): Promise<void> {
  const redis = await connectRedis(redisUrl, 'commands', log);
  const { lossy, warnings } = await readDurability(redis).finally(() => redis.disconnect());
  if (production && lossy) throw new Error(warnings.join('\n'));
  for (const warning of warnings) log.warn(warning);
}
