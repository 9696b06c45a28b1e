/** Sign-in, sign-out, and one-time links that create an account or reset its password. */
import { type AgentList, agentListSchema } from '@firstword/shared/agent-view';
import { may } from '@firstword/shared/permissions';
import {
  firstRunSchema,
  linkQuerySchema,
  linkViewSchema,
  type SessionView,
  type SignInOptions,
  sessionViewSchema,
  signInOptionsSchema,
  signInSchema,
} from '@firstword/shared/sign-in';
import { type SessionList, sessionListSchema } from '@firstword/shared/team';
import type { Agents, CurrentSession, SignedIn } from '../agents/agents.ts';
import type { Log } from '../lib/log.ts';
import { phrase } from '../lib/phrase.ts';
import type { PushDevices } from '../push/push-devices.ts';
import { ApiRefusal } from './api-refusal.ts';
import { type ApiRequest, type ApiRoute, routeForAgents, routeForAnyone, routeForPages } from './api-route.ts';

export interface SessionRouteParts {
  readonly agents: Agents;
  readonly signInOptions: SignInOptions;
  readonly mode: () => SessionView['mode'];
  readonly models: () => readonly string[];
  /** Called when a session ends, so that its sockets are disconnected. */
  readonly onSignOut: (token: string) => void;
  readonly pushDevices: Pick<PushDevices, 'endSessions'>;
  readonly log: Log;
}

export function createSessionRoutes(parts: SessionRouteParts): ApiRoute[] {
  const { agents, signInOptions, mode, models, onSignOut, pushDevices, log } = parts;
  /** Never rejects: signing out must also work while the database is away. */
  const stopPushing = (agentId: string, which: Parameters<PushDevices['endSessions']>[1]) =>
    pushDevices
      .endSessions(agentId, which)
      .catch((error: unknown) => log.warn({ reason: String(error) }, 'removing the push devices of a session failed'));
  const viewOf = ({ agent, csrf, secondFactor }: CurrentSession): SessionView => ({
    ...{ agent, csrf, secondFactor },
    mode: mode(),
    models: [...models()],
  });
  const welcome = (request: ApiRequest<unknown, unknown>, signedIn: SignedIn): SessionView => {
    request.signIn(signedIn);
    return viewOf(signedIn);
  };
  return [
    routeForAnyone(
      {
        method: 'post',
        path: '/first-run/link',
        summary: 'Says what a one-time link is for, and for whom.',
        body: linkQuerySchema,
        answer: { status: 200, schema: linkViewSchema },
      },
      async ({ body }) => {
        const link = await agents.linkOf(body.token);
        if (link === undefined)
          throw new ApiRefusal('forbidden', phrase`This link is invalid: it was used, or it expired.`);
        return link;
      },
    ),
    routeForAnyone(
      {
        method: 'post',
        path: '/first-run',
        summary: 'Redeems a one-time link: creates the account or sets its password, and signs in.',
        body: firstRunSchema,
        answer: { status: 201, schema: sessionViewSchema },
        refusals: ['conflict', 'not-allowed'],
      },
      async (request) => {
        const { token, ...agent } = request.body;
        const link = await agents.linkOf(token);
        // Without passwords, an invitation is redeemed at the identity provider.
        if (!signInOptions.password && link?.kind === 'invite') throw passwordsAreOff();
        const outcome = await agents.redeem(token, agent, request.userAgent);
        if (outcome.kind === 'taken')
          throw new ApiRefusal('conflict', phrase`An account with this e-mail address already exists.`);
        if (outcome.kind === 'refused')
          throw new ApiRefusal(
            'forbidden',
            phrase`This link is invalid: it was used, it expired, or it is for another e-mail address.`,
          );
        const action = link?.kind === 'reset' ? 'password-changed' : 'account-created';
        await request.audit({ action, actor: signedInAs(outcome) });
        return welcome(request, outcome);
      },
    ),
    routeForAnyone(
      {
        method: 'post',
        path: '/session',
        summary: 'Signs in.',
        body: signInSchema,
        answer: { status: 200, schema: sessionViewSchema },
        refusals: ['code-required', 'rate-limited', 'not-allowed'],
      },
      async (request) => {
        if (!signInOptions.password) throw passwordsAreOff();
        const { body, address, device, userAgent, audit } = request;
        const outcome = await agents.signIn({ ...body, address: address.counted, device, userAgent });
        const stranger = { kind: 'unknown', name: body.email } as const;
        if (outcome.kind === 'refused') {
          await audit({ action: 'sign-in-refused', actor: stranger });
          throw new ApiRefusal('forbidden', phrase`The e-mail address or the password is incorrect.`);
        }
        if (outcome.kind === 'code-required')
          throw new ApiRefusal('code-required', phrase`Enter the code of your authenticator app, or a recovery code.`);
        if (outcome.kind === 'rate-limited') {
          const oncePerHour = `sign-in-locked ${body.email} ${address.network}`;
          await audit({ action: 'sign-in-locked', actor: stranger, oncePerHour });
          const minutes = Math.ceil(outcome.retryAfterMs / 60_000);
          throw new ApiRefusal(
            'rate-limited',
            minutes === 1
              ? phrase`Too many sign-in attempts. Try again in a minute.`
              : phrase`Too many sign-in attempts. Try again in ${minutes} minutes.`,
            outcome,
          );
        }
        await audit({ action: 'signed-in', actor: signedInAs(outcome) });
        return welcome(request, outcome);
      },
    ),
    routeForAnyone(
      {
        method: 'get',
        path: '/sign-in-options',
        summary: 'Says how agents may sign in.',
        answer: { status: 200, schema: signInOptionsSchema },
      },
      async (): Promise<SignInOptions> => signInOptions,
    ),
    routeForPages(
      {
        method: 'get',
        path: '/session',
        summary: 'Returns the signed-in agent.',
        answer: { status: 200, schema: sessionViewSchema },
      },
      async (_request, agent, session) => viewOf({ agent, ...session }),
    ),
    routeForAgents(
      {
        method: 'get',
        path: '/agents',
        summary: "Lists the agents who answer tickets of the caller's sites, and of which of them.",
        answer: { status: 200, schema: agentListSchema },
      },
      async (_request, { sites }): Promise<AgentList> => {
        const listed = (await agents.list()).map((agent) => ({
          ...{ id: agent.id, name: agent.name },
          sites: [...sites.keys()].filter((site) => may(agent, 'tickets:write', site)),
        }));
        return { agents: listed.filter((agent) => agent.sites.length > 0) };
      },
    ),
    routeForPages(
      { method: 'delete', path: '/session', summary: 'Signs out.', answer: { status: 204 } },
      async (request, agent, { token }) => {
        await agents.signOut(token);
        onSignOut(token);
        await stopPushing(agent.id, { id: agents.sessionId(token) });
        request.signOut();
        await request.audit({ action: 'signed-out' });
      },
    ),
    routeForPages(
      {
        method: 'get',
        path: '/sessions',
        summary: 'Lists where the signed-in agent is signed in, last seen first.',
        answer: { status: 200, schema: sessionListSchema },
      },
      async (_request, _agent, { token }): Promise<SessionList> => ({ sessions: await agents.sessions(token) }),
    ),
    routeForPages(
      {
        method: 'delete',
        path: '/sessions/{id}',
        summary: 'Signs the agent out in one browser. Its page notices within 10 seconds.',
        answer: { status: 204 },
        refusals: ['not-found'],
      },
      async ({ id, audit }, agent, { token }) => {
        if ((await agents.endOwnSessions(token, id)) === 0)
          throw new ApiRefusal('not-found', 'There is no such session.');
        await stopPushing(agent.id, { id });
        await audit({ action: 'session-ended', target: { kind: 'session', id } });
      },
    ),
    routeForPages(
      {
        method: 'post',
        path: '/sessions/end-others',
        summary: 'Signs the agent out everywhere else.',
        answer: { status: 204 },
      },
      async ({ audit }, agent, { token }) => {
        const ended = await agents.endOwnSessions(token, undefined);
        await stopPushing(agent.id, { allBut: agents.sessionId(token) });
        await audit({ action: 'session-ended', target: { kind: 'agent', id: agent.id }, after: { sessions: ended } });
      },
    ),
  ];
}

export function passwordsAreOff(): ApiRefusal {
  return new ApiRefusal(
    'not-allowed',
    phrase`Passwords are turned off on this server. Sign in through your identity provider.`,
  );
}

/** Who did it, for the audit log: the request itself had no session yet. */
function signedInAs({ agent: { id, name } }: SignedIn) {
  return { kind: 'agent', id, name } as const;
}
