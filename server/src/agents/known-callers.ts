/** Recognizes whom strangers at the same address must not affect: agents, their programs, and browsers in which one has signed in. */
import type { Request } from 'express';
import type { Agents } from './agents.ts';
import type { ApiTokens } from './api-tokens.ts';
import type { HostCookie } from './session-cookie.ts';

export interface KnownCallerParts {
  readonly agents: Pick<Agents, 'session' | 'knowsBrowser'>;
  readonly apiTokens: Pick<ApiTokens, 'check'>;
  readonly sessionCookie: HostCookie;
  readonly deviceCookie: HostCookie;
}

export type IsKnownCaller = (request: Pick<Request, 'headers' | 'secure'>) => Promise<boolean>;

export function createKnownCallers({
  agents,
  apiTokens,
  sessionCookie,
  deviceCookie,
}: KnownCallerParts): IsKnownCaller {
  return async ({ headers: { authorization, cookie }, secure }) => {
    // First what needs no store.
    if (agents.knowsBrowser(deviceCookie.read(cookie, secure))) return true;
    const session = sessionCookie.read(cookie, secure);
    if (session !== undefined && (await agents.session(session, false)) !== undefined) return true;
    return authorization !== undefined && (await apiTokens.check(authorization.replace(/^Bearer /i, ''))) !== undefined;
  };
}
