/** Runs the commands of `npm run agent`. */
import { roleInAll, rolesAsText, rolesOn, type SiteRoles } from '@firstword/shared/permissions';
import type { TeamMember } from '@firstword/shared/team';
import type { AccountAdmin, ChangeOutcome } from '../agents/account-admin.ts';
import type { ApiTokens } from '../agents/api-tokens.ts';
import { UsageError } from '../lib/command-line.ts';
import { dayOf } from '../lib/days.ts';
import { type AgentCommand, checked, type Options, USAGE } from './agent-arguments.ts';

export interface AgentCommandParts {
  readonly agents: AccountAdmin;
  readonly apiTokens: ApiTokens;
  readonly consoleUrl: string;
  readonly readStdin: () => Promise<string>;
  readonly say: (line: string) => void;
  /** Beside the output, which a script may read. */
  readonly explain: (line: string) => void;
  readonly now?: () => number;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** @throws UsageError */
export async function runAgentCommand(
  { name, subject, options }: AgentCommand,
  parts: AgentCommandParts,
): Promise<void> {
  const { agents, apiTokens, consoleUrl, readStdin, say, explain, now = Date.now } = parts;
  const sayChange = (outcome: ChangeOutcome, done: string) => {
    if (outcome === 'done') return say(done);
    throw new UsageError(
      outcome === 'last-admin'
        ? `${subject} is the only administrator of all sites. Make another one first.`
        : `${subject} has no account.`,
    );
  };
  const sayLink = (token: string) => {
    explain(`Send this link to ${subject}. It works once, within 24 hours:`);
    // After the `#`, so that the token never appears in a server's log.
    say(`${consoleUrl}/first-run#token=${token}`);
  };
  switch (name) {
    case 'help':
      return say(USAGE);
    case 'list':
      for (const { email, name: of, roles, deactivatedAt } of await agents.members())
        say([email, printable(of), shownRoles(roles), ...(deactivatedAt ? ['deactivated'] : [])].join('\t'));
      return;
    case 'set': {
      const member = await memberOf(agents, subject);
      const roles = rolesAfter(options, member.roles, subject);
      return sayChange(await agents.setAccess(member.id, { roles }), `${subject} now has ${shownRoles(roles)}.`);
    }
    case 'deactivate':
      return sayChange(
        await agents.setActive((await memberOf(agents, subject)).id, false),
        `${subject} can no longer sign in.`,
      );
    case 'activate':
      return sayChange(
        await agents.setActive((await memberOf(agents, subject)).id, true),
        `${subject} can sign in again.`,
      );
    case 'end-sessions':
      return sayChange(
        await agents.endSessions((await memberOf(agents, subject)).id),
        `${subject} is signed out everywhere.`,
      );
    case 'remove':
      if (!(await agents.remove(subject))) throw new UsageError(`${subject} has no account.`);
      return say(`${subject} can no longer sign in.`);
    case 'reset': {
      const link = await agents.reset(subject);
      if (link === undefined) throw new UsageError(`${subject} has no account.`);
      return sayLink(link.token);
    }
    case 'unlink':
      if (!(await agents.unlink((await memberOf(agents, subject)).id)))
        throw new UsageError(`${subject} is not linked to an identity provider.`);
      return say(`The next sign-in at the identity provider as ${subject} gets the account.`);
    case 'token-add': {
      const { scope, days } = options;
      const sites = listed(options.sites);
      const { token, program } = await apiTokens.add(checked('name', subject), scope, {
        ...(sites === undefined ? {} : { sites: [...sites] }),
        ...(days === undefined ? {} : { expiresAt: now() + days * DAY_MS }),
      });
      explain(`Token for ${program.name} (scope: ${program.scope}, ${shownSites(sites)}). It is not shown again:`);
      return say(token);
    }
    case 'token-list':
      for (const { id, name: of, scope, sites, expiresAt, lastUsedAt } of await apiTokens.list())
        say(
          [
            ...[id, printable(of), scope, shownSites(sites)],
            expiresAt === undefined ? 'no end' : `until ${dayOf(expiresAt)}`,
            lastUsedAt === undefined ? 'not used' : `used ${dayOf(lastUsedAt)}`,
          ].join('\t'),
        );
      return;
    case 'token-remove':
      if (!(await apiTokens.remove(subject)))
        throw new UsageError(`There is no token with the id ${subject}. \`token-list\` prints all ids.`);
      return say('The token is deleted. It stops working within 10 seconds.');
    case 'add': {
      const roles = options.roles ?? rolesOn(options.role ?? 'agent', listed(options.sites));
      if (options.passwordStdin) {
        const password = checked('password', (await readStdin()).replace(/\r?\n$/, ''));
        const agentName = checked('name', options.name ?? subject.split('@')[0] ?? subject);
        if (await agents.add({ email: subject, name: agentName, password, roles }))
          return say(`${subject} can now sign in at ${consoleUrl} (${shownRoles(roles)}).`);
      } else {
        const link = await agents.invite(subject, { roles });
        if (link !== undefined) return sayLink(link.token);
      }
      throw new UsageError(`${subject} already has an account. Use \`reset\` to set a new password.`);
    }
  }
}

async function memberOf(agents: Pick<AccountAdmin, 'members'>, email: string): Promise<TeamMember> {
  const member = (await agents.members()).find((each) => each.email === email);
  if (member === undefined) throw new UsageError(`${email} has no account.`);
  return member;
}

/** @throws UsageError */
function rolesAfter({ role, sites, roles }: Options, former: SiteRoles, email: string): SiteRoles {
  if (roles !== undefined) return roles;
  const held = [...new Set(Object.values(former))];
  if (sites === undefined) return role === undefined ? former : roleInAll(role, former);
  const next = role ?? (held.length === 1 ? held[0] : undefined);
  if (next === undefined)
    throw new UsageError(`${email} has several roles (${shownRoles(former)}). Use --roles, or --role with --sites.`);
  return rolesOn(next, listed(sites));
}

const shownRoles = (roles: SiteRoles): string => rolesAsText(roles).join(',');

function shownSites(sites: readonly string[] | undefined): string {
  return sites === undefined ? 'all sites' : sites.join(',');
}

/** Undefined for all. */
function listed(sites: Options['sites']): readonly string[] | undefined {
  return sites === 'all' ? undefined : sites;
}

/** A name may contain control characters, which would act on the terminal. */
function printable(name: string): string {
  return name.replace(/\p{C}+/gu, ' ');
}
