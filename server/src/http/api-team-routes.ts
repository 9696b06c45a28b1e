/** The team over REST: invite agents, change their roles, deactivate them, and end their sessions. */
import { type Access, ALL_SITES, covers } from '@firstword/shared/permissions';
import type { SignInOptions } from '@firstword/shared/sign-in';
import {
  accessSchema,
  inviteSchema,
  type OneTimeToken,
  oneTimeTokenSchema,
  type Team,
  type TeamMember,
  teamSchema,
} from '@firstword/shared/team';
import { type ChangeOutcome, LINK_MS } from '../agents/account-admin.ts';
import type { Agents } from '../agents/agents.ts';
import type { ApiTokens } from '../agents/api-tokens.ts';
import { phrase } from '../lib/phrase.ts';
import { ApiRefusal } from './api-refusal.ts';
import { type ApiRequest, type ApiRoute, type Caller, routeForAgents } from './api-route.ts';
import { passwordsAreOff } from './api-session-routes.ts';
import { checkSite, namesOf } from './api-sites.ts';
import { accessValues, agentTarget, tokensFollowed } from './audit-events.ts';

export interface TeamRouteParts {
  readonly agents: Pick<
    Agents,
    | 'members'
    | 'invites'
    | 'invite'
    | 'withdrawInvite'
    | 'reset'
    | 'setAccess'
    | 'setActive'
    | 'endSessions'
    | 'removeSecondFactor'
  >;
  readonly apiTokens: Pick<ApiTokens, 'list'>;
  readonly signInOptions: Pick<SignInOptions, 'password'>;
  /** Called after a change of what the agent may do, so that open pages follow at once. */
  readonly onAccessChange: (agentId: string) => void;
  readonly now?: () => number;
}

const refusals = ['not-found', 'not-allowed'] as const;
/** As the audit log has it. */
export function createTeamRoutes({
  agents,
  apiTokens,
  signInOptions,
  onAccessChange,
  now = Date.now,
}: TeamRouteParts): ApiRoute[] {
  /** An administrator of some sites sees, and manages, those who have no role on others. */
  const read = async ({ agent, sites }: Caller): Promise<Team> => {
    const [members, invites] = await Promise.all([agents.members(), agents.invites()]);
    return {
      members: members.filter((member) => covers(agent, member)),
      invites: invites.filter((invite) => covers(agent, invite)),
      sites: namesOf(sites),
      passwords: signInOptions.password,
    };
  };
  const find = async (id: string, { agent }: Caller): Promise<TeamMember> => {
    const member = (await agents.members()).find((each) => each.id === id && covers(agent, each));
    if (member === undefined) throw new ApiRefusal('not-found', 'There is no such agent.');
    return member;
  };
  const findOther = async (id: string, caller: Caller): Promise<TeamMember> => {
    const member = await find(id, caller);
    if (member.id === caller.agent.id)
      throw new ApiRefusal('not-allowed', phrase`You can't change your own access. Ask another administrator.`);
    return member;
  };
  const checkAccess = ({ roles }: Access, caller: Caller) => {
    for (const site of Object.keys(roles)) if (site !== ALL_SITES) checkSite(caller.sites, site);
    if (!covers(caller.agent, { roles }))
      throw new ApiRefusal('forbidden', phrase`Only an administrator of all sites can give access to all sites.`);
  };
  const finish = (id: string, outcome: ChangeOutcome) => {
    if (outcome === 'not-found') throw new ApiRefusal('not-found', 'There is no such agent.');
    if (outcome === 'last-admin')
      throw new ApiRefusal('not-allowed', phrase`This is the only administrator of all sites. Make another one first.`);
    onAccessChange(id);
  };
  const linkOf = async (
    { audit }: Pick<ApiRequest<unknown, unknown>, 'audit'>,
    link: { token: string },
    target: { kind: string; id: string; name: string },
    after: Record<string, string | string[]>,
  ): Promise<OneTimeToken> => {
    await audit({ action: 'link-created', target, after });
    return { token: link.token, expiresAt: now() + LINK_MS };
  };

  return [
    routeForAgents(
      {
        method: 'get',
        path: '/team',
        summary: 'Lists accounts and open invitations, and the sites that can be given.',
        answer: { status: 200, schema: teamSchema },
      },
      async (_request, caller) => read(caller),
    ),
    routeForAgents(
      {
        method: 'post',
        path: '/team/invites',
        summary: 'Makes a one-time link with which an agent creates an account. It works for 24 hours.',
        body: inviteSchema,
        answer: { status: 201, schema: oneTimeTokenSchema },
        refusals: ['not-found', 'not-allowed'],
      },
      async (request, caller): Promise<OneTimeToken> => {
        const { email, ...access } = request.body;
        checkAccess(access, caller);
        const link = await agents.invite(email, access);
        if (link === undefined) throw new ApiRefusal('not-allowed', phrase`This e-mail address has an account.`);
        return linkOf(request, link, { kind: 'invitation', id: email, name: email }, accessValues(access));
      },
    ),
    routeForAgents(
      {
        method: 'delete',
        path: '/team/invites/{id}',
        summary: 'Withdraws an invitation. Its link stops working.',
        answer: { status: 204 },
        refusals: ['not-found'],
      },
      async ({ id, audit }, { agent }) => {
        const invite = (await agents.invites()).find((each) => each.id === id && covers(agent, each));
        if (invite === undefined || !(await agents.withdrawInvite(id)))
          throw new ApiRefusal('not-found', 'There is no such invitation.');
        const { email } = invite;
        await audit({ action: 'link-withdrawn', target: { kind: 'invitation', id: email, name: email } });
      },
    ),
    routeForAgents(
      {
        method: 'post',
        path: '/team/{id}',
        summary:
          "Changes an agent's role on each site. It counts at once, also in open pages and for the agent's API tokens.",
        body: accessSchema,
        answer: { status: 200, schema: teamSchema },
        refusals,
      },
      async ({ id, body, audit }, caller) => {
        const member = await findOther(id, caller);
        checkAccess(body, caller);
        const tokens = await apiTokens.list();
        finish(id, await agents.setAccess(id, body));
        await audit({
          action: 'role-changed',
          target: agentTarget(member),
          before: accessValues(member),
          after: accessValues(body),
        });
        for (const event of tokensFollowed(tokens, member, body.roles)) await audit(event);
        return read(caller);
      },
    ),
    ...([true, false] as const).map((active) =>
      routeForAgents(
        {
          method: 'post',
          path: active ? '/team/{id}/activate' : '/team/{id}/deactivate',
          summary: active
            ? 'Lets a deactivated agent sign in again.'
            : "Ends an agent's sessions and API tokens. The agent can't sign in until activated again.",
          answer: { status: 200, schema: teamSchema },
          refusals,
        },
        async ({ id, audit }, caller) => {
          const member = await findOther(id, caller);
          const tokens = active ? [] : await apiTokens.list();
          finish(id, await agents.setActive(id, active));
          await audit({
            ...{ action: 'role-changed', target: agentTarget(member) },
            ...{ before: { active: member.deactivatedAt === undefined }, after: { active } },
          });
          for (const event of tokensFollowed(tokens, member, undefined)) await audit(event);
          return read(caller);
        },
      ),
    ),
    routeForAgents(
      {
        method: 'post',
        path: '/team/{id}/end-sessions',
        summary: 'Signs an agent out everywhere.',
        answer: { status: 204 },
        refusals: ['not-found'],
      },
      async ({ id, audit }, caller) => {
        const member = await find(id, caller);
        finish(id, await agents.endSessions(id));
        await audit({ action: 'session-ended', target: agentTarget(member) });
      },
    ),
    routeForAgents(
      {
        method: 'post',
        path: '/team/{id}/remove-second-factor',
        summary: 'Turns off two-step sign-in for an agent who has lost the app and the recovery codes.',
        answer: { status: 200, schema: teamSchema },
        refusals,
      },
      async ({ id, audit }, caller) => {
        const member = await findOther(id, caller);
        finish(id, await agents.removeSecondFactor(id));
        await audit({ action: 'second-factor-changed', target: agentTarget(member), after: { on: false } });
        return read(caller);
      },
    ),
    routeForAgents(
      {
        method: 'post',
        path: '/team/{id}/reset',
        summary: 'Makes a one-time link with which an agent sets a new password. It works for 24 hours.',
        answer: { status: 201, schema: oneTimeTokenSchema },
        refusals,
      },
      async (request, caller): Promise<OneTimeToken> => {
        const member = await find(request.id, caller);
        if (!signInOptions.password) throw passwordsAreOff();
        const link = await agents.reset(member.email);
        if (link === undefined) throw new ApiRefusal('not-allowed', phrase`This agent is deactivated.`);
        return linkOf(request, link, agentTarget(member), { for: 'password' });
      },
    ),
  ];
}
