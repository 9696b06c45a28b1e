/** `npm run knowledge`: the help articles of a site. Works beside a running server, on the Redis that it uses. */
import { ConfigError, readConfig } from '../config.ts';
import { KnowledgeError } from '../knowledge/article.ts';
import { readArticleSource } from '../knowledge/article-source.ts';
import { createArticleStore } from '../knowledge/article-store.ts';
import { createLog } from '../lib/log.ts';
import { connectRedis } from '../lib/redis.ts';
import { privateRedisSocket } from '../local/private-redis.ts';
import { createRedisKeys } from '../store/keys.ts';
import { readKnowledgeCommand, runKnowledgeCommand, USAGE, UsageError } from './knowledge-command.ts';

const READY_MS = 3000;

async function main(args: string[]): Promise<void> {
  const command = readKnowledgeCommand(args);
  if (command.name === 'help') return void process.stdout.write(`${USAGE}\n`);
  const { redisUrl, dataDir, publicUrl } = readConfig(process.env);
  const address = redisUrl ?? `unix://${privateRedisSocket(dataDir)}`;
  const redis = await connectRedis(address, 'commands', createLog('silent'), READY_MS).catch((error: unknown) => {
    throw redisUrl !== undefined
      ? error
      : new UsageError(
          `No Redis answers in ${dataDir}. Run \`npm start\` first, or name its folder with DATA_DIR, or a Redis with REDIS_URL.`,
        );
  });
  try {
    await runKnowledgeCommand(command, {
      store: createArticleStore(redis, createRedisKeys('firstword')),
      readSource: (source) => readArticleSource(source, (id) => `${publicUrl ?? ''}/help/${id}`),
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
  const told = error instanceof Error ? (expected ? error.message : error.message || error.stack) : String(error);
  process.stderr.write(`${told}\n`);
  process.exitCode = 1;
}
