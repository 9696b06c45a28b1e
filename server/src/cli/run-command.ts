/** What the commands that work on stored data share: a connection to a store, and an error as one message. */
import type { Config } from '../config/config.ts';
import { UsageError } from '../lib/command-line.ts';
import { hideSecrets } from '../lib/hide-secrets.ts';
import { createLog } from '../lib/log.ts';
import { connectRedis, type Redis } from '../lib/redis.ts';
import { privatePostgresUrl } from '../local/private-postgres.ts';
import { privateRedisSocket } from '../local/private-redis.ts';
import { openRecords, type Records } from '../records/records.ts';

const READY_MS = 3000;

/** Prints an error without secrets and sets the exit code. */
export async function runCommand(main: (args: string[]) => Promise<void>): Promise<void> {
  try {
    await main(process.argv.slice(2));
  } catch (error) {
    const message = error instanceof Error ? error.message || error.stack : String(error);
    process.stderr.write(`${hideSecrets(message ?? '')}\n`);
    process.exitCode = 1;
  }
}

/** Connects to the configured Redis, or to the one that `npm start` runs in the data folder. */
export async function withRedis(
  { redisUrl, dataDir }: Pick<Config, 'redisUrl' | 'dataDir'>,
  work: (redis: Redis) => Promise<void>,
): Promise<void> {
  const address = redisUrl ?? `unix://${privateRedisSocket(dataDir)}`;
  const redis = await connectRedis(address, 'commands', createLog('silent'), READY_MS).catch((error: unknown) => {
    throw redisUrl !== undefined
      ? error
      : new UsageError(
          `No Redis is running in ${dataDir}. Run \`npm start\` first, or set DATA_DIR to its folder, or set REDIS_URL.`,
        );
  });
  try {
    await work(redis);
  } finally {
    redis.disconnect();
  }
}

/** Opens the configured PostgreSQL, or the one that `npm start` runs in the data folder. */
export async function withRecords(
  { databaseUrl, dataDir }: Pick<Config, 'databaseUrl' | 'dataDir'>,
  work: (records: Records) => Promise<void>,
): Promise<void> {
  const url = databaseUrl ?? privatePostgresUrl(dataDir);
  const records = await openRecords({ url, localeOf: () => 'en', log: createLog('silent') });
  try {
    await records.check().catch((error: unknown) => {
      throw databaseUrl !== undefined
        ? error
        : new UsageError(
            `No PostgreSQL is running in ${dataDir}. Run \`npm start\` first, or set DATA_DIR to its folder, or set DATABASE_URL.`,
          );
    });
    await work(records);
  } finally {
    await records.close();
  }
}
