/** API tokens over REST: list, create and delete them. */
import { covers, rolesOn } from '@firstword/shared/permissions';
import {
  type CreatedToken,
  createdTokenSchema,
  newTokenSchema,
  type TokenList,
  tokenListSchema,
} from '@firstword/shared/team';
import type { Agents } from '../agents/agents.ts';
import type { ApiTokens } from '../agents/api-tokens.ts';
import { limitOf } from '../agents/program-access.ts';
import { phrase } from '../lib/phrase.ts';
import { ApiRefusal } from './api-refusal.ts';
import { type ApiRoute, type Caller, routeForAgents } from './api-route.ts';
import { checkSite, namesOf } from './api-sites.ts';
import { tokenTarget } from './audit-events.ts';

export interface TokenRouteParts {
  readonly agents: Pick<Agents, 'members'>;
  readonly apiTokens: Pick<ApiTokens, 'add' | 'list' | 'remove'>;
  readonly now?: () => number;
}

const DAY_MS = 24 * 60 * 60 * 1000;

export function createTokenRoutes({ agents, apiTokens, now = Date.now }: TokenRouteParts): ApiRoute[] {
  const listFor = async ({ agent }: Caller) =>
    (await apiTokens.list()).filter(({ sites }) => covers(agent, { roles: rolesOn('agent', sites) }));
  return [
    routeForAgents(
      {
        method: 'get',
        path: '/api-tokens',
        summary: 'Lists API tokens with their scope, sites, end and last use. The tokens themselves are not stored.',
        answer: { status: 200, schema: tokenListSchema },
      },
      async (_request, caller): Promise<TokenList> => {
        const [tokens, members] = await Promise.all([listFor(caller), agents.members()]);
        const nameOf = new Map(members.map(({ id, name }) => [id, name]));
        return {
          tokens: tokens.map(({ accountId, makerRoles, ...token }) => {
            const madeBy = accountId === undefined ? undefined : nameOf.get(accountId);
            const limited = makerRoles && limitOf({ ...token, makerRoles });
            return {
              ...token,
              ...(madeBy === undefined ? {} : { madeBy }),
              ...(limited === undefined ? {} : { limited }),
            };
          }),
          sites: namesOf(caller.sites),
        };
      },
    ),
    routeForAgents(
      {
        method: 'post',
        path: '/api-tokens',
        summary: "Creates an API token. It never allows more than its maker may do, and ends with the maker's account.",
        body: newTokenSchema,
        answer: { status: 201, schema: createdTokenSchema },
        refusals: ['not-found'],
      },
      async ({ body: { name, scope, sites, days }, audit }, caller): Promise<CreatedToken> => {
        const { agent } = caller;
        for (const site of sites ?? []) checkSite(caller.sites, site);
        if (!covers(agent, { roles: rolesOn('agent', sites) }))
          throw new ApiRefusal(
            'forbidden',
            phrase`Only an administrator of all sites can create a token for all sites.`,
          );
        const { token, program } = await apiTokens.add(name, scope, {
          accountId: agent.id,
          ...(sites === undefined ? {} : { sites }),
          ...(days === undefined ? {} : { expiresAt: now() + days * DAY_MS }),
        });
        await audit({
          action: 'token-created',
          target: tokenTarget(program),
          after: { scope, sites: sites ?? 'all', ...(days === undefined ? {} : { days }) },
        });
        return { token, id: program.id };
      },
    ),
    routeForAgents(
      {
        method: 'delete',
        path: '/api-tokens/{id}',
        summary: 'Deletes an API token. It stops working within 2 seconds.',
        answer: { status: 204 },
        refusals: ['not-found'],
      },
      async ({ id, audit }, caller) => {
        const token = (await listFor(caller)).find((each) => each.id === id);
        if (token === undefined || !(await apiTokens.remove(id)))
          throw new ApiRefusal('not-found', 'There is no such API token.');
        await audit({ action: 'token-removed', target: tokenTarget(token) });
      },
    ),
  ];
}
