/** `npm run agent`: manages accounts and API tokens, also while a server is running. */
import { text } from 'node:stream/consumers';
import { createAgents } from '../agents/agents.ts';
import { createApiTokens } from '../agents/api-tokens.ts';
import { createPasswords } from '../agents/passwords.ts';
import { readConfig } from '../config.ts';
import { secretIn } from '../lib/data-dir.ts';
import { createTokenHash } from '../lib/tokens.ts';
import { createRedisKeys } from '../store/keys.ts';
import { readAgentCommand, runAgentCommand, USAGE } from './agent-command.ts';
import { runCommand, withRedis } from './run-command.ts';

await runCommand(async (args) => {
  const command = readAgentCommand(args);
  if (command.name === 'help') return void process.stdout.write(`${USAGE}\n`);
  const config = readConfig(process.env);
  const { appSecret, dataDir, publicUrl, port } = config;
  await withRedis(config, async (redis) => {
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
  });
});
