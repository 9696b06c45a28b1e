/** Authenticates the caller and checks the origin, before the body is read. */
import type { Request, RequestHandler, Response } from 'express';
import { csrfMatches } from '../agents/agent-sessions.ts';
import type { Agents } from '../agents/agents.ts';
import type { ApiTokens } from '../agents/api-tokens.ts';
import type { SessionCookie } from '../agents/session-cookie.ts';
import type { Program } from '../records/api-token-store.ts';
import { ApiRefusal } from './api-refusal.ts';
import type { ApiRoute, Caller } from './api-route.ts';

export interface GuardParts {
  readonly agents: Pick<Agents, 'session'>;
  readonly apiTokens: Pick<ApiTokens, 'check'>;
  readonly cookie: SessionCookie;
  /** Whether a page of this origin is our own console. */
  readonly isOwnOrigin: (origin: string) => boolean;
}

export function createGuard(parts: GuardParts, { method, access }: ApiRoute): RequestHandler {
  const write = method !== 'get';
  return async (request, response, next) => {
    const bearer = request.headers.authorization;
    // Browsers never add this header on their own, so the request is not a cross-site forgery.
    if (bearer !== undefined && access === 'agents')
      response.locals['caller'] = await admitProgram(parts.apiTokens, bearer, write);
    else {
      const { origin } = request.headers;
      if (write && (origin === undefined || !parts.isOwnOrigin(origin)))
        throw new ApiRefusal(
          'forbidden',
          "This request's Origin is not allowed. Send it from this server's console, or use an API token.",
        );
      if (access !== 'anyone') {
        const caller = await admitPage(parts, request, write);
        if (access === 'admins' && caller.agent.role !== 'admin')
          throw new ApiRefusal('forbidden', 'Only an administrator can do this.');
        response.locals['caller'] = caller;
      }
    }
    next();
  };
}

/** The caller that the guard authenticated. */
export function callerOf(response: Response): Caller | undefined {
  return response.locals['caller'];
}

async function admitProgram(apiTokens: GuardParts['apiTokens'], bearer: string, write: boolean): Promise<Caller> {
  const program = await apiTokens.check(bearer.replace(/^Bearer /i, ''));
  if (program === undefined) throw new ApiRefusal('signed-out', 'This API token is invalid or was revoked.');
  if (program.scope === 'models')
    throw new ApiRefusal('forbidden', 'This API token is for the model API. Use one with the scope "read" or "write".');
  if (write && program.scope !== 'write')
    throw new ApiRefusal('forbidden', 'This API token is read-only. Use one with the scope "write".');
  return { agent: agentOf(program) };
}

/** A program acts as an agent with its own name. */
function agentOf({ id, name }: Program): Caller['agent'] {
  return { id: `program-${id}`, name, email: '', role: 'agent' };
}

async function admitPage({ agents, cookie }: GuardParts, request: Request, write: boolean): Promise<Caller> {
  const token = cookie.read(request.headers.cookie, request.secure);
  const session = token === undefined ? undefined : await agents.session(token, true);
  if (token === undefined || session === undefined) throw new ApiRefusal('signed-out', 'Sign in to continue.');
  if (write && !csrfMatches(token, request.get('x-csrf-token')))
    throw new ApiRefusal('forbidden', 'The x-csrf-token header is missing or invalid. Reload the page.');
  return { agent: session.agent, session: { token, csrf: session.csrf } };
}
