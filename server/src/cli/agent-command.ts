/** What `npm run agent` does, apart from finding the Redis to do it on. */
import { parseArgs } from 'node:util';
import { AGENT_ROLES, firstRunSchema } from '@firstword/shared/console-wire';
import type { Agents } from '../agents/agents.ts';
import { API_SCOPES, type ApiTokens } from '../agents/api-tokens.ts';

export const USAGE = `npm run agent -- COMMAND

  add EMAIL       prints a one-time link (24 h) with which this person makes an account
      --role admin|agent       default: agent
      --password-stdin         make the account now, with the password that stdin gives
      --name NAME              with --password-stdin; default: what stands before the @
  reset EMAIL     prints a one-time link (24 h) with which this person sets a new password
  list            e-mail, name and role of everybody
  remove EMAIL    takes the account away and ends its sessions

  token-add NAME  prints a token with which a program uses the API
      --scope read|write       default: read
  token-list      id, name and scope of every token
  token-remove ID ends a token

It speaks to the Redis of REDIS_URL, or to the one that a running \`npm start\` keeps in DATA_DIR.`;

/** A mistake of whoever typed the command; its message is all that is shown. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export interface AgentCommand {
  readonly name: keyof typeof SUBJECTS;
  /** What stands after the command: an e-mail, a token's name or its id; empty for what takes none. */
  readonly subject: string;
  readonly options: Options;
}

interface Options {
  readonly name: string | undefined;
  readonly role: (typeof AGENT_ROLES)[number];
  readonly passwordStdin: boolean;
  readonly scope: (typeof API_SCOPES)[number];
}

export interface AgentCommandParts {
  readonly agents: Agents;
  readonly apiTokens: ApiTokens;
  readonly consoleUrl: string;
  readonly readStdin: () => Promise<string>;
  readonly say: (line: string) => void;
}

/** Each command, and what it is to be followed by. */
const SUBJECTS = {
  add: 'e-mail address',
  reset: 'e-mail address',
  list: undefined,
  remove: 'e-mail address',
  'token-add': 'name',
  'token-list': undefined,
  'token-remove': 'id',
  help: undefined,
} as const;

/** @throws UsageError */
export function readAgentCommand(args: string[]): AgentCommand {
  const { values, positionals } = parse(args);
  const [given = 'help', subject, ...rest] = values.help ? [] : positionals;
  if (!isCommand(given)) throw new UsageError(`There is no command "${given}".\n\n${USAGE}`);
  const wanted = SUBJECTS[given];
  if ((wanted === undefined ? 0 : 1) !== (subject === undefined ? 0 : 1 + rest.length))
    throw new UsageError(`\`${given}\` takes ${wanted === undefined ? 'nothing more' : `one ${wanted}`}.\n\n${USAGE}`);
  return {
    name: given,
    subject: wanted === 'e-mail address' ? checked('email', subject ?? '') : (subject ?? ''),
    options: {
      name: values.name,
      role: choice('--role', AGENT_ROLES, values.role ?? 'agent'),
      scope: choice('--scope', API_SCOPES, values.scope ?? 'read'),
      passwordStdin: values['password-stdin'] ?? false,
    },
  };
}

function isCommand(given: string): given is AgentCommand['name'] {
  return Object.hasOwn(SUBJECTS, given);
}

function choice<Value extends string>(option: string, allowed: readonly Value[], given: string): Value {
  const found = allowed.find((value) => value === given);
  if (found === undefined) throw new UsageError(`${option}: was "${given}"; ${allowed.join(' or ')}`);
  return found;
}

/** @throws UsageError */
export async function runAgentCommand(
  { name, subject, options }: AgentCommand,
  parts: AgentCommandParts,
): Promise<void> {
  const { agents, apiTokens, consoleUrl, readStdin, say } = parts;
  const sayLink = (token: string) =>
    // After the `#`, so that the token reaches no server's log.
    say(`Give ${subject} this link. It works once, within 24 hours:\n${consoleUrl}/first-run#token=${token}`);
  switch (name) {
    case 'help':
      return say(USAGE);
    case 'list':
      for (const agent of await agents.list()) say(`${agent.email}\t${printable(agent.name)}\t${agent.role}`);
      return;
    case 'remove':
      if (!(await agents.remove(subject))) throw new UsageError(`${subject} has no account.`);
      return say(`${subject} can no longer sign in.`);
    case 'reset': {
      const link = await agents.reset(subject);
      if (link === undefined) throw new UsageError(`${subject} has no account.`);
      return sayLink(link.token);
    }
    case 'token-add': {
      const { token, program } = await apiTokens.add(checked('name', subject), options.scope);
      return say(`${program.name} may ${program.scope} with this token. It is not shown again:\n${token}`);
    }
    case 'token-list':
      for (const { id, name: of, scope } of await apiTokens.list()) say(`${id}\t${printable(of)}\t${scope}`);
      return;
    case 'token-remove':
      if (!(await apiTokens.remove(subject))) throw new UsageError(`There is no token with the id ${subject}.`);
      return say('The token has ended.');
    case 'add': {
      const { role } = options;
      if (options.passwordStdin) {
        const password = checked('password', (await readStdin()).replace(/\r?\n$/, ''));
        const agentName = checked('name', options.name ?? subject.split('@')[0] ?? subject);
        if (await agents.add({ email: subject, name: agentName, password, role }))
          return say(`${subject} may sign in at ${consoleUrl} (role: ${role}).`);
      } else {
        const link = await agents.invite(subject, role);
        if (link !== undefined) return sayLink(link.token);
      }
      throw new UsageError(`${subject} has an account already. \`reset\` gives it a new password.`);
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
        scope: { type: 'string' },
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
