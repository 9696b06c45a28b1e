/** What `npm run agent` does, apart from finding the Redis to do it on. */
import { parseArgs } from 'node:util';
import { firstRunSchema } from '@firstword/shared/console-wire';
import { ROLES } from '../agents/account.ts';
import type { Agents } from '../agents/agents.ts';

export const USAGE = `npm run agent -- COMMAND

  add EMAIL       prints a one-time link (24 h) with which this person makes an account
      --role admin|agent       default: agent
      --password-stdin         make the account now, with the password that stdin gives
      --name NAME              with --password-stdin; default: what stands before the @
  reset EMAIL     prints a one-time link (24 h) with which this person sets a new password
  list            e-mail, name and role of everybody
  remove EMAIL    takes the account away and ends its sessions

It speaks to the Redis of REDIS_URL, or to the one that a running \`npm start\` keeps in DATA_DIR.`;

/** A mistake of whoever typed the command; its message is all that is shown. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export interface AgentCommand {
  readonly name: (typeof COMMANDS)[number];
  /** Empty for what takes none. */
  readonly email: string;
  readonly options: Options;
}

interface Options {
  readonly name: string | undefined;
  readonly role: (typeof ROLES)[number];
  readonly passwordStdin: boolean;
}

export interface AgentCommandParts {
  readonly agents: Agents;
  readonly consoleUrl: string;
  readonly readStdin: () => Promise<string>;
  readonly say: (line: string) => void;
}

const COMMANDS = ['add', 'reset', 'list', 'remove', 'help'] as const;

/** @throws UsageError */
export function readAgentCommand(args: string[]): AgentCommand {
  const { values, positionals } = parse(args);
  const [given = 'help', email, ...rest] = values.help ? [] : positionals;
  const name = COMMANDS.find((known) => known === given);
  if (name === undefined) throw new UsageError(`There is no command "${given}".\n\n${USAGE}`);
  const takesEmail = name !== 'list' && name !== 'help';
  if ((takesEmail ? 1 : 0) !== (email === undefined ? 0 : 1 + rest.length))
    throw new UsageError(`\`${name}\` takes ${takesEmail ? 'one e-mail address' : 'nothing more'}.\n\n${USAGE}`);
  const role = ROLES.find((known) => known === (values.role ?? 'agent'));
  if (role === undefined) throw new UsageError(`--role: was "${values.role}"; ${ROLES.join(' or ')}`);
  return {
    name,
    email: takesEmail ? checked('email', email ?? '') : '',
    options: { name: values.name, role, passwordStdin: values['password-stdin'] ?? false },
  };
}

/** @throws UsageError */
export async function runAgentCommand({ name, email, options }: AgentCommand, parts: AgentCommandParts): Promise<void> {
  const { agents, consoleUrl, readStdin, say } = parts;
  const sayLink = (token: string) =>
    // After the `#`, so that the token reaches no server's log.
    say(`Give ${email} this link. It works once, within 24 hours:\n${consoleUrl}/first-run#token=${token}`);
  switch (name) {
    case 'help':
      return say(USAGE);
    case 'list':
      for (const agent of await agents.list()) say(`${agent.email}\t${printable(agent.name)}\t${agent.role}`);
      return;
    case 'remove':
      if (!(await agents.remove(email))) throw new UsageError(`${email} has no account.`);
      return say(`${email} can no longer sign in.`);
    case 'reset': {
      const link = await agents.reset(email);
      if (link === undefined) throw new UsageError(`${email} has no account.`);
      return sayLink(link.token);
    }
    case 'add': {
      const { role } = options;
      if (options.passwordStdin) {
        const password = checked('password', (await readStdin()).replace(/\r?\n$/, ''));
        const agentName = checked('name', options.name ?? email.split('@')[0] ?? email);
        if (await agents.add({ email, name: agentName, password, role }))
          return say(`${email} may sign in at ${consoleUrl} (role: ${role}).`);
      } else {
        const link = await agents.invite(email, role);
        if (link !== undefined) return sayLink(link.token);
      }
      throw new UsageError(`${email} has an account already. \`reset\` gives it a new password.`);
    }
  }
}

/** Names are typed by people; one must not move the reader's cursor. */
function printable(name: string): string {
  return name.replace(/\p{C}+/gu, ' ');
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
