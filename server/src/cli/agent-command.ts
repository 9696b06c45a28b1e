/** Parses and runs the commands of `npm run agent`. */
import { AGENT_ROLES, firstRunSchema } from '@firstword/shared/console-wire';
import type { AccountAdmin } from '../agents/account-admin.ts';
import type { ApiTokens } from '../agents/api-tokens.ts';
import { parseCommandLine, UsageError } from '../lib/command-line.ts';
import { didYouMean } from '../lib/near-miss.ts';
import { API_SCOPES } from '../records/api-token-store.ts';

export const USAGE = `npm run agent -- COMMAND

  add EMAIL       prints a one-time link (24 h) to create an account
      --role admin|agent       default: agent
      --password-stdin         create the account now, with the password from standard input
      --name NAME              with --password-stdin; default: the part before the @
  reset EMAIL     prints a one-time link (24 h) to set a new password
  list            prints the e-mail address, name and role of each account
  remove EMAIL    deletes the account and ends its sessions

  token-add NAME  prints a token for a program that uses the API
      --scope read|write|models
                               default: read; models is for the OpenAI-compatible API at /v1
  token-list      prints the id, name and scope of each token
  token-remove ID deletes a token; it stops working within 10 seconds

Uses the PostgreSQL at DATABASE_URL, or the private one that a running \`npm start\` keeps in DATA_DIR.`;

export interface AgentCommand {
  readonly name: keyof typeof SUBJECTS;
  /** The argument of the command: an e-mail address, or the name or id of a token; empty where there is none. */
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
  readonly agents: AccountAdmin;
  readonly apiTokens: ApiTokens;
  readonly consoleUrl: string;
  readonly readStdin: () => Promise<string>;
  readonly say: (line: string) => void;
}

/** The argument that each command needs. */
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
  if (!isCommand(given))
    throw new UsageError(`"${given}" is not a command.${didYouMean(given, Object.keys(SUBJECTS))}\n\n${USAGE}`);
  const wanted = SUBJECTS[given];
  if ((wanted === undefined ? 0 : 1) !== (subject === undefined ? 0 : 1 + rest.length))
    throw new UsageError(
      `\`${given}\` needs ${wanted === undefined ? 'no argument' : `one argument: the ${wanted}`}.\n\n${USAGE}`,
    );
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
  if (found === undefined) throw new UsageError(`${option}: "${given}" is not allowed. Use ${allowed.join(' or ')}.`);
  return found;
}

/** @throws UsageError */
export async function runAgentCommand(
  { name, subject, options }: AgentCommand,
  parts: AgentCommandParts,
): Promise<void> {
  const { agents, apiTokens, consoleUrl, readStdin, say } = parts;
  const sayLink = (token: string) =>
    // After the `#`, so that the token never appears in a server's log.
    say(`Send this link to ${subject}. It works once, within 24 hours:\n${consoleUrl}/first-run#token=${token}`);
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
      return say(`Token for ${program.name} (scope: ${program.scope}). It is not shown again:\n${token}`);
    }
    case 'token-list':
      for (const { id, name: of, scope } of await apiTokens.list()) say(`${id}\t${printable(of)}\t${scope}`);
      return;
    case 'token-remove':
      if (!(await apiTokens.remove(subject)))
        throw new UsageError(`There is no token with the id ${subject}. \`token-list\` prints all ids.`);
      return say('The token is deleted. It stops working within 10 seconds.');
    case 'add': {
      const { role } = options;
      if (options.passwordStdin) {
        const password = checked('password', (await readStdin()).replace(/\r?\n$/, ''));
        const agentName = checked('name', options.name ?? subject.split('@')[0] ?? subject);
        if (await agents.add({ email: subject, name: agentName, password, role }))
          return say(`${subject} can now sign in at ${consoleUrl} (role: ${role}).`);
      } else {
        const link = await agents.invite(subject, role);
        if (link !== undefined) return sayLink(link.token);
      }
      throw new UsageError(`${subject} already has an account. Use \`reset\` to set a new password.`);
    }
  }
}

/** A name may contain control characters, which would act on the terminal. */
function printable(name: string): string {
  return name.replace(/\p{C}+/gu, ' ');
}

function parse(args: string[]) {
  return parseCommandLine({
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
}

/** By the rules of the console's own form. */
function checked(field: 'email' | 'name' | 'password', value: string): string {
  const parsed = firstRunSchema.shape[field].safeParse(value);
  if (parsed.success) return parsed.data;
  const shown = field === 'password' ? 'the password' : `"${value}"`;
  throw new UsageError(`${shown}: ${parsed.error.issues[0]?.message ?? `not a usable ${field}`}`);
}
