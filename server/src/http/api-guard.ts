/** Who asks, and from where, before a byte of the body is read. */
import type { Request, RequestHandler, Response } from 'express';
import { csrfMatches } from '../agents/agent-sessions.ts';
import type { Agents } from '../agents/agents.ts';
import type { ApiTokens, Program } from '../agents/api-tokens.ts';
import type { SessionCookie } from '../agents/session-cookie.ts';
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
    // A browser never adds this header by itself, so what carries it was not sent by another site's page.
    if (bearer !== undefined && access === 'agents')
      response.locals['caller'] = await admitProgram(parts.apiTokens, bearer, write);
    else {
      const { origin } = request.headers;
      if (write && (origin === undefined || !parts.isOwnOrigin(origin)))
        throw new ApiRefusal('forbidden', 'Only the console of this server may do this.');
      if (access !== 'anyone') {
        const caller = await admitPage(parts, request, write);
        if (access === 'admins' && caller.agent.role !== 'admin')
          throw new ApiRefusal('forbidden', 'Only an administrator may do this.');
        response.locals['caller'] = caller;
      }
    }
    next();
  };
}

/** What the guard found out. */
export function callerOf(response: Response): Caller | undefined {
  return response.locals['caller'];
}

async function admitProgram(apiTokens: GuardParts['apiTokens'], bearer: string, write: boolean): Promise<Caller> {
  const program = await apiTokens.check(bearer.replace(/^Bearer /i, ''));
  if (program === undefined) throw new ApiRefusal('signed-out', 'This API token is not known.');
  if (write && program.scope !== 'write') throw new ApiRefusal('forbidden', 'This API token may only read.');
  return { agent: agentOf(program) };
}

/** A program acts as an agent of its own. */
function agentOf({ id, name }: Program): Caller['agent'] {
  return { id: `program-${id}`, name, email: '', role: 'agent' };
}

async function admitPage({ agents, cookie }: GuardParts, request: Request, write: boolean): Promise<Caller> {
  const token = cookie.read(request.headers.cookie, request.secure);
  const session = token === undefined ? undefined : await agents.session(token, true);
  if (token === undefined || session === undefined) throw new ApiRefusal('signed-out', 'Sign in first.');
  if (write && !csrfMatches(token, request.get('x-csrf-token')))
    throw new ApiRefusal('forbidden', 'The header x-csrf-token is missing or wrong. Load the page again.');
  return { agent: session.agent, session: { token, csrf: session.csrf } };
}
