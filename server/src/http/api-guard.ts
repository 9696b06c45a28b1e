/** Authenticates the caller, and checks the origin and the permission, before the body is read. */
import {
  isForTokens,
  may,
  maySomewhere,
  type Permission,
  roleAt,
  rolesOn,
  type SitePermission,
  type SiteRoles,
  scopeGrants,
} from '@firstword/shared/permissions';
import type { Phrase } from '@firstword/shared/phrase';
import type { Request, RequestHandler, Response } from 'express';
import { csrfMatches } from '../agents/agent-sessions.ts';
import type { Agents } from '../agents/agents.ts';
import type { ApiTokens } from '../agents/api-tokens.ts';
import { rolesBehind, rolesOfProgram } from '../agents/program-access.ts';
import type { SessionCookie } from '../agents/session-cookie.ts';
import { phrase } from '../lib/phrase.ts';
import { ApiRefusal } from './api-refusal.ts';
import type { Caller, PageSession } from './api-route.ts';
import { CallerSites, ROLE_REFUSAL, type ServerSites } from './api-sites.ts';
import type { RoutePermission } from './route-permissions.ts';

export interface GuardParts {
  readonly agents: Pick<Agents, 'session'>;
  readonly apiTokens: Pick<ApiTokens, 'check'>;
  readonly cookie: SessionCookie;
  /** All sites of this server; a route gets those of its caller. */
  readonly sites: ServerSites;
  /** Whether a page of this origin is our own console. */
  readonly isOwnOrigin: (origin: string) => boolean;
}

export function createGuard(parts: GuardParts, method: string, permission: RoutePermission): RequestHandler {
  const write = method !== 'get';
  /** `roles` decide about the permission of the route. */
  const callerFor = (agent: Caller['agent'], roles: SiteRoles, session?: PageSession): Caller => {
    const visible = new Map([...parts.sites].filter(([id]) => roleAt(agent, id) !== undefined));
    const isAllowed = (id: string) => !isSitePermission(permission) || may({ roles }, permission, id);
    return {
      agent,
      sites: new CallerSites(agent, visible, isAllowed),
      ...(session === undefined ? {} : { session }),
    };
  };
  return async (request, response, next) => {
    const bearer = request.headers.authorization;
    // Browsers never add this header on their own, so the request is not a cross-site forgery.
    if (bearer !== undefined && isPermission(permission) && isForTokens(permission)) {
      const { agent, roles } = await admitProgram(parts.apiTokens, bearer, permission);
      response.locals['caller'] = callerFor(agent, roles);
    } else {
      const { origin } = request.headers;
      if (write && (origin === undefined || !parts.isOwnOrigin(origin)))
        throw new ApiRefusal(
          'forbidden',
          "This request's Origin is not allowed. Send it from this server's console, or use an API token.",
        );
      if (permission !== 'anyone') {
        const { agent, session } = await admitPage(parts, request, write);
        if (isPermission(permission) && session.secondFactor === 'missing')
          throw new ApiRefusal('forbidden', phrase`This server requires two-step sign-in. Set it up first.`);
        if (isPermission(permission) && !maySomewhere(agent, permission))
          throw new ApiRefusal('forbidden', refusalOf(permission));
        response.locals['caller'] = callerFor(agent, agent.roles, session);
      }
    }
    next();
  };
}

/** The caller that the guard authenticated. */
export function callerOf(response: Response): Caller | undefined {
  return response.locals['caller'];
}

function isPermission(permission: RoutePermission): permission is Permission {
  return permission !== 'anyone' && permission !== 'session';
}

function isSitePermission(permission: RoutePermission): permission is SitePermission {
  return isPermission(permission) && permission !== 'installation:manage';
}

function refusalOf(permission: Permission): Phrase {
  if (permission === 'installation:manage') return phrase`Only an administrator of all sites can do this.`;
  return maySomewhere({ roles: rolesOn('agent') }, permission)
    ? ROLE_REFUSAL
    : phrase`Only an administrator can do this.`;
}

async function admitProgram(
  apiTokens: GuardParts['apiTokens'],
  bearer: string,
  permission: SitePermission,
): Promise<{ agent: Caller['agent']; roles: SiteRoles }> {
  const program = await apiTokens.check(bearer.replace(/^Bearer /i, ''));
  if (program === undefined)
    throw new ApiRefusal('signed-out', 'This API token is invalid, has expired, or was revoked.');
  if (program.scope === 'models')
    throw new ApiRefusal('forbidden', 'This API token is for the model API. Use one with the scope "read" or "write".');
  if (!scopeGrants(program.scope, permission))
    throw new ApiRefusal('forbidden', 'This API token is read-only. Use one with the scope "write".');
  const roles = rolesBehind(program);
  if (!maySomewhere({ roles }, permission))
    throw new ApiRefusal(
      'forbidden',
      'The agent who made this API token may no longer do this. Ask an administrator for a new one.',
    );
  // A program acts as an agent with its own name.
  const { id, name } = program;
  return { agent: { id: `program-${id}`, name, email: '', roles: rolesOfProgram(program) }, roles };
}

async function admitPage({ agents, cookie }: GuardParts, request: Request, write: boolean) {
  const token = cookie.read(request.headers.cookie, request.secure);
  const session = token === undefined ? undefined : await agents.session(token, true);
  if (token === undefined || session === undefined) throw new ApiRefusal('signed-out', 'Sign in to continue.');
  if (write && !csrfMatches(token, request.get('x-csrf-token')))
    throw new ApiRefusal('forbidden', 'The x-csrf-token header is missing or invalid. Reload the page.');
  return { agent: session.agent, session: { token, csrf: session.csrf, secondFactor: session.secondFactor } };
}
