/** Parses the commands of `npm run agent`. */
import { parseArgs } from 'node:util';
import {
  AGENT_ROLES,
  type AgentRole,
  ALL_SITES,
  API_SCOPES,
  type SiteRoles,
  whyNotTogether,
} from '@firstword/shared/permissions';
import { firstRunSchema } from '@firstword/shared/sign-in';
import { siteIdSchema } from '@firstword/shared/wire';
import { UsageError } from '../lib/command-line.ts';
import { didYouMean } from '../lib/near-miss.ts';

export const USAGE = `npm run agent -- COMMAND

  add EMAIL       prints a one-time link (24 h) to create an account
      --role admin|agent|viewer|billing
                               default: agent; a viewer only reads, billing only sees costs
      --sites ID,ID            the sites that the agent has access to; default: all
      --roles ID=ROLE,ID=ROLE  instead: a role for each site, such as shop=agent,help=viewer;
                               all=ROLE is for the sites that are not named
      --password-stdin         create the account now, with the password from standard input
      --name NAME              with --password-stdin; default: the part before the @
  set EMAIL       changes the roles of an account
      --role, --sites, --roles as above; \`--sites all\` for all sites
  deactivate EMAIL
                  ends the account's sessions and tokens; the agent can't sign in
  activate EMAIL  lets the agent sign in again
  end-sessions EMAIL
                  signs the agent out everywhere
  reset EMAIL     prints a one-time link (24 h) to set a new password
  unlink EMAIL    forgets which person at the identity provider has the account
  list            prints the e-mail address, name and roles of each account
  remove EMAIL    deletes the account and ends its sessions

  token-add NAME  prints a token for a program that uses the API, and nothing else to standard output
      --scope read|write|models
                               default: read; models is for the OpenAI-compatible API at /v1
      --sites ID,ID            the sites that the program has access to; default: all
      --days NUMBER            how long the token is valid; default: until it is deleted
  token-list      prints the id, name, scope, sites, end and last use of each token
  token-remove ID deletes a token; it stops working within 2 seconds

Uses the PostgreSQL at DATABASE_URL, or the private one that a running \`npm start\` keeps in DATA_DIR.`;

export interface AgentCommand {
  readonly name: keyof typeof SUBJECTS;
  /** The argument of the command: an e-mail address, or the name or id of a token; empty where there is none. */
  readonly subject: string;
  readonly options: Options;
}

export interface Options {
  readonly name: string | undefined;
  readonly role: AgentRole | undefined;
  readonly sites: readonly string[] | 'all' | undefined;
  /** In place of `role` and `sites`. */
  readonly roles: SiteRoles | undefined;
  readonly days: number | undefined;
  readonly passwordStdin: boolean;
  readonly scope: (typeof API_SCOPES)[number];
}

const DAYS_MAX = 3650;
/** The argument that each command needs. */
const SUBJECTS = {
  add: 'e-mail address',
  set: 'e-mail address',
  deactivate: 'e-mail address',
  activate: 'e-mail address',
  'end-sessions': 'e-mail address',
  reset: 'e-mail address',
  unlink: 'e-mail address',
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
      role: values.role === undefined ? undefined : choice('--role', AGENT_ROLES, values.role),
      sites: readSites(values.sites),
      roles: readRoles(values),
      days: readDays(values.days),
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

function readSites(given: string | undefined): Options['sites'] {
  if (given === undefined || given === 'all') return given;
  const ids = given.split(',').map((id) => id.trim());
  const odd = ids.find((id) => !siteIdSchema.safeParse(id).success);
  if (odd !== undefined)
    throw new UsageError(`--sites: "${odd}" is not the id of a site. Use ids such as shop,help, or all.`);
  return ids;
}

function readRoles({ roles, role, sites }: Partial<Record<'roles' | 'role' | 'sites', string>>): Options['roles'] {
  if (roles === undefined) return undefined;
  if (role !== undefined || sites !== undefined)
    throw new UsageError('--roles: replaces --role and --sites. Leave these two out.');
  const named = roles.split(',').map((one): [string, AgentRole] => {
    const [site = '', given = ''] = one.split('=').map((part) => part.trim());
    if (!siteIdSchema.safeParse(site).success)
      throw new UsageError(`--roles: "${one}" is not a site with its role. Use shop=agent,help=viewer or all=viewer.`);
    return [site === 'all' ? ALL_SITES : site, choice('--roles', AGENT_ROLES, given)];
  });
  const read = Object.fromEntries(named);
  if (Object.keys(read).length < named.length) throw new UsageError('--roles: names a site twice. Name each once.');
  if (whyNotTogether(read) !== undefined)
    throw new UsageError('--roles: an administrator of all sites has no other role. Use all=admin alone.');
  return read;
}

function readDays(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const days = Number(given);
  if (Number.isInteger(days) && days >= 1 && days <= DAYS_MAX) return days;
  throw new UsageError(`--days: "${given}" is not allowed. Use a whole number from 1 to ${DAYS_MAX}.`);
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        name: { type: 'string' },
        role: { type: 'string' },
        sites: { type: 'string' },
        roles: { type: 'string' },
        days: { type: 'string' },
        scope: { type: 'string' },
        'password-stdin': { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
}

/** By the rules of the console's own form. */
export function checked(field: 'email' | 'name' | 'password', value: string): string {
  const parsed = firstRunSchema.shape[field].safeParse(value);
  if (parsed.success) return parsed.data;
  const shown = field === 'password' ? 'the password' : `"${value}"`;
  throw new UsageError(`${shown}: ${parsed.error.issues[0]?.message ?? `not a usable ${field}`}`);
}
