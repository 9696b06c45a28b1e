/** `npm run agent`: manages accounts and API tokens, also while a server is running. */
import { text } from 'node:stream/consumers';
import { createAgents } from '../agents/agents.ts';
import { createApiTokens } from '../agents/api-tokens.ts';
import { createPasswords } from '../agents/passwords.ts';
import { ConfigError, readConfig } from '../config.ts';
import { secretIn } from '../lib/data-dir.ts';
import { hideSecrets } from '../lib/hide-secrets.ts';
import { createLog } from '../lib/log.ts';
import { connectRedis } from '../lib/redis.ts';
import { createTokenHash } from '../lib/tokens.ts';
import { privateRedisSocket } from '../local/private-redis.ts';
import { createRedisKeys } from '../store/keys.ts';
import { readAgentCommand, runAgentCommand, USAGE, UsageError } from './agent-command.ts';

const READY_MS = 3000;

async function main(args: string[]): Promise<void> {
  const command = readAgentCommand(args);
  if (command.name === 'help') return void process.stdout.write(`${USAGE}\n`);
  const { redisUrl, appSecret, dataDir, publicUrl, port } = readConfig(process.env);
  const address = redisUrl ?? `unix://${privateRedisSocket(dataDir)}`;
  const redis = await connectRedis(address, 'commands', createLog('silent'), READY_MS).catch((error: unknown) => {
    throw redisUrl !== undefined
      ? error
      : new UsageError(
          `No Redis is running in ${dataDir}. Run \`npm start\` first, or set DATA_DIR to its folder, or set REDIS_URL.`,
        );
  });
  try {
    const keys = createRedisKeys('firstword');
    const tokenHash = createTokenHash(appSecret ?? secretIn(dataDir, 'app'));
    await runAgentCommand(command, {
      apiTokens: createApiTokens(redis, keys, tokenHash),
      agents: createAgents({
        redis,
        keys,
        tokenHash,
        passwords: createPasswords(),
        // No session is opened here.
        times: { idleSeconds: 1, absoluteSeconds: 1 },
      }),
      consoleUrl: `${publicUrl ?? `http://localhost:${port}`}/console`,
      readStdin: () => text(process.stdin),
      say: (line) => void process.stdout.write(`${line}\n`),
    });
  } finally {
    redis.disconnect();
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  const expected = error instanceof UsageError || error instanceof ConfigError;
  const message = error instanceof Error ? (expected ? error.message : error.message || error.stack) : String(error);
  process.stderr.write(`${hideSecrets(message ?? '')}\n`);
  process.exitCode = 1;
}
