/** `npm run agent`: manages accounts and API tokens, also while a server is running. */
import { text } from 'node:stream/consumers';
import { createAccountAdmin } from '../agents/account-admin.ts';
import { createApiTokens } from '../agents/api-tokens.ts';
import { createPasswords } from '../agents/passwords.ts';
import { readConfig } from '../config/config.ts';
import { secretIn } from '../lib/data-dir.ts';
import { createTokenHash } from '../lib/tokens.ts';
import { readAgentCommand, USAGE } from './agent-arguments.ts';
import { runAgentCommand } from './agent-command.ts';
import { createCommandAudit } from './command-audit.ts';
import { runCommand, withRecords } from './run-command.ts';

await runCommand(async (args) => {
  const command = readAgentCommand(args);
  if (command.name === 'help') return void process.stdout.write(`${USAGE}\n`);
  const config = readConfig(process.env);
  const { appSecret, dataDir, publicUrl, port } = config;
  await withRecords(config, async ({ accounts, identities, apiTokens, audit }) => {
    const tokenHash = createTokenHash(appSecret ?? secretIn(dataDir, 'app'));
    const programs = createApiTokens(apiTokens, tokenHash);
    await runAgentCommand(command, {
      apiTokens: programs,
      audit: createCommandAudit(audit),
      agents: createAccountAdmin({
        accounts,
        identities,
        apiTokens: programs,
        tokenHash,
        passwords: createPasswords(),
      }),
      consoleUrl: `${publicUrl ?? `http://localhost:${port}`}/console`,
      readStdin: () => text(process.stdin),
      say: (line) => void process.stdout.write(`${line}\n`),
      explain: (line) => void process.stderr.write(`${line}\n`),
    });
  });
});
