/** `npm run knowledge`: manages the help articles of a site, also while a server is running. */
import { ConfigError, readConfig } from '../config.ts';
import { KnowledgeError } from '../knowledge/article.ts';
import { readArticleSource } from '../knowledge/article-source.ts';
import { createArticleStore } from '../knowledge/article-store.ts';
import { hideSecrets } from '../lib/hide-secrets.ts';
import { createLog } from '../lib/log.ts';
import { connectRedis } from '../lib/redis.ts';
import { privateRedisSocket } from '../local/private-redis.ts';
import { createRedisKeys } from '../store/keys.ts';
import { readKnowledgeCommand, runKnowledgeCommand, USAGE, UsageError } from './knowledge-command.ts';

const READY_MS = 3000;

async function main(args: string[]): Promise<void> {
  const command = readKnowledgeCommand(args);
  if (command.name === 'help') return void process.stdout.write(`${USAGE}\n`);
  const { redisUrl, dataDir } = readConfig(process.env);
  const address = redisUrl ?? `unix://${privateRedisSocket(dataDir)}`;
  const redis = await connectRedis(address, 'commands', createLog('silent'), READY_MS).catch((error: unknown) => {
    throw redisUrl !== undefined
      ? error
      : new UsageError(
          `No Redis is running in ${dataDir}. Run \`npm start\` first, or set DATA_DIR to its folder, or set REDIS_URL.`,
        );
  });
  try {
    await runKnowledgeCommand(command, {
      store: createArticleStore(redis, createRedisKeys('firstword')),
      readSource: (source) => readArticleSource(source, () => ''),
      say: (line) => void process.stdout.write(`${line}\n`),
    });
  } finally {
    redis.disconnect();
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  const expected = [UsageError, ConfigError, KnowledgeError].some((kind) => error instanceof kind);
  const message = error instanceof Error ? (expected ? error.message : error.message || error.stack) : String(error);
  process.stderr.write(`${hideSecrets(message ?? '')}\n`);
  process.exitCode = 1;
}
