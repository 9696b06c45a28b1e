/** Sign-in, sign-out, and one-time links that create an account or reset its password. */
import {
  type AgentList,
  type AgentView,
  agentListSchema,
  firstRunSchema,
  linkQuerySchema,
  linkViewSchema,
  type SessionView,
  sessionViewSchema,
  signInSchema,
} from '@firstword/shared/console-wire';
import type { Agents, SignedIn } from '../agents/agents.ts';
import { ApiRefusal } from './api-refusal.ts';
import { type ApiRequest, type ApiRoute, routeForAgents, routeForAnyone, routeForPages } from './api-route.ts';

export interface SessionRouteParts {
  readonly agents: Agents;
  readonly mode: SessionView['mode'];
  readonly models: readonly string[];
  /** Called when a session ends, so that its sockets are disconnected. */
  readonly onSignOut: (token: string) => void;
}

export function createSessionRoutes({ agents, mode, models, onSignOut }: SessionRouteParts): ApiRoute[] {
  const viewOf = (agent: AgentView, csrf: string): SessionView => ({ agent, csrf, mode, models: [...models] });
  const welcome = (request: ApiRequest<unknown, unknown>, { agent, token, csrf }: SignedIn): SessionView => {
    request.signIn(token);
    return viewOf(agent, csrf);
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
        if (link === undefined) throw new ApiRefusal('forbidden', 'This link is invalid: it was used, or it expired.');
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
        refusals: ['conflict'],
      },
      async (request) => {
        const { token, ...agent } = request.body;
        const outcome = await agents.redeem(token, agent);
        if (outcome.kind === 'taken')
          throw new ApiRefusal('conflict', 'An account with this e-mail address already exists.');
        if (outcome.kind === 'refused')
          throw new ApiRefusal(
            'forbidden',
            'This link is invalid: it was used, it expired, or it is for another e-mail address.',
          );
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
        refusals: ['rate-limited'],
      },
      async (request) => {
        const outcome = await agents.signIn({ ...request.body, ip: request.address.counted });
        if (outcome.kind === 'refused')
          throw new ApiRefusal('forbidden', 'The e-mail address or the password is incorrect.');
        if (outcome.kind === 'rate-limited') {
          const minutes = Math.ceil(outcome.retryAfterMs / 60_000);
          throw new ApiRefusal(
            'rate-limited',
            `Too many sign-in attempts. Try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`,
            outcome,
          );
        }
        return welcome(request, outcome);
      },
    ),
    routeForPages(
      {
        method: 'get',
        path: '/session',
        summary: 'Returns the signed-in agent.',
        answer: { status: 200, schema: sessionViewSchema },
      },
      async (_request, agent, { csrf }) => viewOf(agent, csrf),
    ),
    routeForAgents(
      {
        method: 'get',
        path: '/agents',
        summary: 'Lists all agents.',
        answer: { status: 200, schema: agentListSchema },
      },
      async (): Promise<AgentList> => ({ agents: (await agents.list()).map(({ id, name }) => ({ id, name })) }),
    ),
    routeForPages(
      { method: 'delete', path: '/session', summary: 'Signs out.', answer: { status: 204 } },
      async (request, _agent, { token }) => {
        await agents.signOut(token);
        onSignOut(token);
        request.signOut();
      },
    ),
  ];
}
