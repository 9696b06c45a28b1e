/** Decides which pages of agents may connect, and refuses the others with a code. */
import type { AgentView } from '@firstword/shared/agent-view';
import type { Agents } from '../agents/agents.ts';
import type { SessionCookie } from '../agents/session-cookie.ts';
import { findOrigin, originOf } from './origin-check.ts';

export interface AdmitAgentParts {
  readonly agents: Pick<Agents, 'session'>;
  readonly cookie: SessionCookie;
  /** Whether a page of this origin is our own console. */
  readonly isOwnOrigin: (origin: string) => boolean;
}

/** Why an agent's page may not connect. */
export type ConsoleConnectCode = 'signed-out' | 'origin-refused';

export type AgentAdmission =
  | { readonly agent: AgentView; readonly token: string }
  | { readonly code: ConsoleConnectCode; readonly message: string };

/** Browsers send the cookie with sockets of any page, so the origin is checked first. */
export async function admitAgent(
  { agents, cookie, isOwnOrigin }: AdmitAgentParts,
  handshake: Parameters<typeof originOf>[0] & { readonly headers: { readonly cookie?: string | undefined } },
): Promise<AgentAdmission> {
  const origin = findOrigin(originOf(handshake), isOwnOrigin);
  if (origin === undefined)
    return { code: 'origin-refused', message: "Only pages of this server's own console may connect." };
  const token = cookie.read(handshake.headers.cookie, origin.startsWith('https:'));
  const session = token === undefined ? undefined : await agents.session(token, false);
  if (token === undefined || session === undefined || session.secondFactor === 'missing')
    return { code: 'signed-out', message: 'You are signed out. Sign in again.' };
  return { agent: session.agent, token };
}
