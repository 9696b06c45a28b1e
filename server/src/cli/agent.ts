/** `npm run agent`: who may use the console. Works beside a running server, on the Redis that it uses. */
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { firstRunSchema } from '@firstword/shared/console-wire';
import { ROLES } from '../agents/account.ts';
import { type Agents, createAgents } from '../agents/agents.ts';
import { createPasswords } from '../agents/passwords.ts';
import { ConfigError, readConfig } from '../config.ts';
import { privateRedisSocket } from '../demo/private-redis.ts';
import { createLog } from '../lib/log.ts';
import { connectRedis } from '../lib/redis.ts';
import { createRedisKeys } from '../store/keys.ts';

const USAGE = `npm run agent -- COMMAND

  add EMAIL       prints a one-time link (24 h) with which this person makes an account
      --role admin|agent       default: agent
      --password-stdin         make the account now, with the password that stdin gives
      --name NAME              with --password-stdin; default: what stands before the @
  reset EMAIL     prints a one-time link (24 h) with which this person sets a new password
  list            e-mail, name and role of everybody
  remove EMAIL    takes the account away and ends its sessions

It speaks to the Redis of REDIS_URL, or to the one that a running \`npm start\` keeps in DATA_DIR.`;

/** A mistake of whoever typed the command; its message is all that is shown. */
class UsageError extends Error {
  override readonly name = 'UsageError';
}

const READY_MS = 3000;
const say = (line: string) => void process.stdout.write(`${line}\n`);

async function main(args: string[]): Promise<void> {
  const { command, email, options } = readArguments(args);
  if (command === 'help') return say(USAGE);
  const config = readConfig(process.env);
  const address = config.redisUrl ?? `unix://${privateRedisSocket(config.dataDir)}`;
  const redis = await connectRedis(address, 'commands', createLog('silent'), READY_MS).catch((error: unknown) => {
    if (config.redisUrl !== undefined) throw error;
    throw new UsageError(
      `No Redis answers in ${config.dataDir}. Run \`npm start\` first, or name its folder with DATA_DIR, or a Redis with REDIS_URL.`,
    );
  });
  try {
    const keys = createRedisKeys('firstword');
    // No sessions are opened here, so their times do not matter.
    const agents = createAgents({
      redis,
      keys,
      passwords: createPasswords(),
      times: { idleSeconds: 1, absoluteSeconds: 1 },
    });
    const consoleUrl = `${config.publicUrl ?? `http://localhost:${config.port}`}/console`;
    await run(agents, consoleUrl, command, email, options);
  } finally {
    redis.disconnect();
  }
}

async function run(agents: Agents, consoleUrl: string, command: string, email: string, options: Options) {
  // After the `#`, so that the token reaches no server's log.
  const linkOf = (token: string) => `${consoleUrl}/first-run#token=${token}`;
  switch (command) {
    case 'add': {
      if (options.passwordStdin) {
        const password = checked('password', (await text(process.stdin)).replace(/\r?\n$/, ''));
        const name = checked('name', options.name ?? email.split('@')[0] ?? email);
        if (!(await agents.add({ email, name, password, role: options.role })))
          throw new UsageError(`${email} has an account already.`);
        return say(`${email} may sign in at ${consoleUrl} (role: ${options.role}).`);
      }
      const link = await agents.invite(email, options.role);
      if (link === undefined)
        throw new UsageError(`${email} has an account already. \`reset\` gives it a new password.`);
      return say(`Give ${email} this link. It works once, within 24 hours:\n${linkOf(link.token)}`);
    }
    case 'reset': {
      const link = await agents.reset(email);
      if (link === undefined) throw new UsageError(`${email} has no account.`);
      return say(`Give ${email} this link. It works once, within 24 hours:\n${linkOf(link.token)}`);
    }
    case 'remove':
      if (!(await agents.remove(email))) throw new UsageError(`${email} has no account.`);
      return say(`${email} can no longer sign in.`);
    default:
      for (const { email: of, name, role } of await agents.list()) say(`${of}\t${name}\t${role}`);
  }
}

interface Options {
  readonly name: string | undefined;
  readonly role: (typeof ROLES)[number];
  readonly passwordStdin: boolean;
}

function readArguments(args: string[]): { command: string; email: string; options: Options } {
  const { values, positionals } = parse(args);
  const [command = 'help', email, ...rest] = positionals;
  if (values.help) return readArguments([]);
  const takesEmail = ['add', 'reset', 'remove'].includes(command);
  if (!takesEmail && command !== 'list' && command !== 'help')
    throw new UsageError(`There is no command "${command}".\n\n${USAGE}`);
  if ((takesEmail ? 1 : 0) !== (email === undefined ? 0 : 1 + rest.length))
    throw new UsageError(`\`${command}\` takes ${takesEmail ? 'one e-mail address' : 'nothing more'}.\n\n${USAGE}`);
  const role = ROLES.find((known) => known === (values.role ?? 'agent'));
  if (role === undefined) throw new UsageError(`--role: was "${values.role}"; ${ROLES.join(' or ')}`);
  return {
    command,
    email: takesEmail ? checked('email', email ?? '') : '',
    options: { name: values.name, role, passwordStdin: values['password-stdin'] ?? false },
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        name: { type: 'string' },
        role: { type: 'string' },
        'password-stdin': { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
}

/** By the rules that the console's own form is held to. */
function checked(field: 'email' | 'name' | 'password', value: string): string {
  const parsed = firstRunSchema.shape[field].safeParse(value);
  if (parsed.success) return parsed.data;
  const shown = field === 'password' ? 'the password' : `"${value}"`;
  throw new UsageError(`${shown}: ${parsed.error.issues[0]?.message ?? `not a usable ${field}`}`);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  const expected = error instanceof UsageError || error instanceof ConfigError;
  const told = error instanceof Error ? (expected ? error.message : error.message || error.stack) : String(error);
  process.stderr.write(`${told}\n`);
  process.exitCode = 1;
}
