/** Sign-in sessions of agents: their tokens and when they end. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { mintToken, type TokenHash } from '../lib/tokens.ts';
import type { AgentSession, AgentSessionStore } from '../store/agent-session-store.ts';

export interface AgentSessions {
  open(agentId: string, credential: string): Promise<string>;
  /** @param touch restart the idle timeout; a page that only listens must not stay signed in */
  read(token: string, touch: boolean): Promise<AgentSession | undefined>;
  end(token: string): Promise<void>;
}

export interface AgentSessionTimes {
  readonly idleSeconds: number;
  /** Applies to active agents, too. */
  readonly absoluteSeconds: number;
}

export function createAgentSessions(
  store: AgentSessionStore,
  tokenHash: TokenHash,
  { idleSeconds, absoluteSeconds }: AgentSessionTimes,
  now: () => number,
): AgentSessions {
  return {
    async open(agentId, credential) {
      const token = mintToken();
      await store.save(tokenHash(token), { agentId, credential, openedAt: now() }, idleSeconds);
      return token;
    },
    async read(token, touch) {
      const session = await store.load(tokenHash(token), touch ? idleSeconds : undefined);
      if (session === undefined || now() - session.openedAt < absoluteSeconds * 1000) return session;
      await store.remove(tokenHash(token));
      return undefined;
    },
    async end(token) {
      await store.remove(tokenHash(token));
    },
  };
}

/** Sent by the page with every write: another site can make browsers send the cookie, but does not know this token. */
export function csrfOf(token: string): string {
  return createHash('sha256').update(`csrf:${token}`).digest('base64url');
}

export function csrfMatches(token: string, shown: string | undefined): boolean {
  const expected = Buffer.from(csrfOf(token));
  const given = Buffer.from(shown ?? '');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
