/** Runs the commands of `npm run agent`. */
import { roleInAll, rolesAsText, rolesOn, type SiteRoles } from '@firstword/shared/permissions';
import type { TeamMember } from '@firstword/shared/team';
import type { AccountAdmin, ChangeOutcome } from '../agents/account-admin.ts';
import type { ApiTokens } from '../agents/api-tokens.ts';
import { limitOf } from '../agents/program-access.ts';
import { accessValues, agentTarget, tokensFollowed, tokenTarget } from '../http/audit-events.ts';
import { UsageError } from '../lib/command-line.ts';
import { dayOf } from '../lib/days.ts';
import { type AgentCommand, checked, type Options, USAGE } from './agent-arguments.ts';
import type { CommandAudit } from './command-audit.ts';

export interface AgentCommandParts {
  readonly agents: AccountAdmin;
  readonly apiTokens: ApiTokens;
  readonly audit: CommandAudit;
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
  const { agents, apiTokens, audit, consoleUrl, readStdin, say, explain, now = Date.now } = parts;
  const sayChange = async (outcome: ChangeOutcome, done: string, ...events: Parameters<CommandAudit>[0][]) => {
    if (outcome === 'done') {
      for (const event of events) await audit(event);
      return say(done);
    }
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
      const followed = tokensFollowed(await apiTokens.list(), member, roles);
      return sayChange(
        await agents.setAccess(member.id, { roles }),
        `${subject} now has ${shownRoles(roles)}.`,
        {
          ...{ action: 'role-changed', target: agentTarget(member) },
          ...{ before: accessValues(member), after: accessValues({ roles }) },
        },
        ...followed,
      );
    }
    case 'deactivate':
    case 'activate': {
      const member = await memberOf(agents, subject);
      const active = name === 'activate';
      const followed = active ? [] : tokensFollowed(await apiTokens.list(), member, undefined);
      return sayChange(
        await agents.setActive(member.id, active),
        active ? `${subject} can sign in again.` : `${subject} can no longer sign in.`,
        {
          ...{ action: 'role-changed', target: agentTarget(member) },
          ...{ before: { active: member.deactivatedAt === undefined }, after: { active } },
        },
        ...followed,
      );
    }
    case 'end-sessions': {
      const member = await memberOf(agents, subject);
      return sayChange(await agents.endSessions(member.id), `${subject} is signed out everywhere.`, {
        action: 'session-ended',
        target: agentTarget(member),
      });
    }
    case 'remove': {
      const member = await memberOf(agents, subject);
      const followed = tokensFollowed(await apiTokens.list(), member, undefined);
      if (!(await agents.remove(subject))) throw new UsageError(`${subject} has no account.`);
      await audit({ action: 'account-removed', target: agentTarget(member), before: accessValues(member) });
      for (const event of followed) await audit(event);
      return say(`${subject} can no longer sign in.`);
    }
    case 'reset': {
      const member = await memberOf(agents, subject);
      const link = await agents.reset(subject);
      if (link === undefined) throw new UsageError(`${subject} has no account.`);
      await audit({ action: 'link-created', target: agentTarget(member), after: { for: 'password' } });
      return sayLink(link.token);
    }
    case 'unlink': {
      const member = await memberOf(agents, subject);
      if (!(await agents.unlink(member.id))) throw new UsageError(`${subject} is not linked to an identity provider.`);
      await audit({ action: 'provider-unlinked', target: agentTarget(member) });
      return say(`The next sign-in at the identity provider as ${subject} gets the account.`);
    }
    case 'token-add': {
      const { scope, days } = options;
      const sites = listed(options.sites);
      const { token, program } = await apiTokens.add(checked('name', subject), scope, {
        ...(sites === undefined ? {} : { sites: [...sites] }),
        ...(days === undefined ? {} : { expiresAt: now() + days * DAY_MS }),
      });
      await audit({
        action: 'token-created',
        target: tokenTarget(program),
        after: { scope, sites: sites === undefined ? 'all' : [...sites], ...(days === undefined ? {} : { days }) },
      });
      explain(`Token for ${program.name} (scope: ${program.scope}, ${shownSites(sites)}). It is not shown again:`);
      return say(token);
    }
    case 'token-list':
      for (const token of await apiTokens.list()) {
        const { id, name: of, scope, sites, expiresAt, lastUsedAt } = token;
        const limited = limitOf(token);
        say(
          [
            ...[id, printable(of), scope, shownSites(sites)],
            expiresAt === undefined ? 'no end' : `until ${dayOf(expiresAt)}`,
            lastUsedAt === undefined ? 'not used' : `used ${dayOf(lastUsedAt)}`,
            ...(limited === undefined ? [] : [`${limited} limited by the roles of its agent`]),
          ].join('\t'),
        );
      }
      return;
    case 'token-remove': {
      const token = (await apiTokens.list()).find(({ id }) => id === subject);
      if (token === undefined || !(await apiTokens.remove(subject)))
        throw new UsageError(`There is no token with the id ${subject}. \`token-list\` prints all ids.`);
      await audit({ action: 'token-removed', target: tokenTarget(token) });
      return say('The token is deleted. It stops working within 2 seconds.');
    }
    case 'add': {
      const roles = options.roles ?? rolesOn(options.role ?? 'agent', listed(options.sites));
      if (options.passwordStdin) {
        const password = checked('password', (await readStdin()).replace(/\r?\n$/, ''));
        const agentName = checked('name', options.name ?? subject.split('@')[0] ?? subject);
        if (await agents.add({ email: subject, name: agentName, password, roles })) {
          const target = agentTarget(await memberOf(agents, subject));
          await audit({ action: 'account-created', target, after: accessValues({ roles }) });
          return say(`${subject} can now sign in at ${consoleUrl} (${shownRoles(roles)}).`);
        }
      } else {
        const link = await agents.invite(subject, { roles });
        if (link !== undefined) {
          const target = { kind: 'invitation', id: subject, name: subject };
          await audit({ action: 'link-created', target, after: accessValues({ roles }) });
          return sayLink(link.token);
        }
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
