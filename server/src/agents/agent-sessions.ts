/** Sign-in sessions of agents: their tokens, when they end, and where they were opened. */
import { createHash } from 'node:crypto';
import type { SessionList } from '@firstword/shared/team';
import { isEqualSecret } from '../lib/equal-secrets.ts';
import { hashId, mintToken, type TokenHash } from '../lib/tokens.ts';
import type { AgentSession, AgentSessionStore } from '../store/agent-session-store.ts';

export interface AgentSessions {
  /** @param device the browser's `User-Agent` */
  open(
    account: { readonly id: string; readonly credential: string },
    device: string,
    how: SignInMethod,
  ): Promise<string>;
  /** @param touch restart the idle timeout; a page that only listens must not stay signed in */
  read(token: string, touch: boolean): Promise<AgentSession | undefined>;
  end(token: string): Promise<void>;
  /** What pages may know of a session: nothing that finds it in the store. */
  idOf(token: string): string;
  /** Those opened with this credential, last seen first. */
  list(agentId: string, credential: string, current: string): Promise<SessionList['sessions']>;
  /** Ends one of them, or all but the current one. Returns how many. */
  endListed(agentId: string, which: { readonly id: string } | { readonly allBut: string }): Promise<number>;
}

/** `password` is also a one-time link. */
export type SignInMethod = 'password' | 'provider';

export interface AgentSessionTimes {
  readonly idleSeconds: number;
  /** Applies to active agents, too. */
  readonly absoluteSeconds: number;
}

const DEVICE_MAX = 200;

export function createAgentSessions(
  store: AgentSessionStore,
  tokenHash: TokenHash,
  { idleSeconds, absoluteSeconds }: AgentSessionTimes,
  now: () => number,
): AgentSessions {
  const idOf = (hash: string) => hashId(`session ${hash}`);
  return {
    async open({ id, credential }, device, how) {
      const token = mintToken();
      const session: AgentSession = {
        ...{ agentId: id, credential, openedAt: now(), device: device.slice(0, DEVICE_MAX) },
        ...(how === 'provider' ? { atProvider: true } : {}),
      };
      await store.save(tokenHash(token), session, { idleSeconds, listedSeconds: absoluteSeconds });
      return token;
    },
    async read(token, touch) {
      const session = await store.load(tokenHash(token), touch ? idleSeconds : undefined);
      if (session === undefined || now() - session.openedAt < absoluteSeconds * 1000) return session;
      await store.remove(tokenHash(token), session.agentId);
      return undefined;
    },
    idOf: (token) => idOf(tokenHash(token)),
    async end(token) {
      const session = await store.load(tokenHash(token));
      await store.remove(tokenHash(token), session?.agentId);
    },
    async list(agentId, credential, current) {
      const found = (await store.list(agentId)).flatMap(({ hash, session, leftMs }) => {
        const { device = '', openedAt } = session;
        if (session.credential !== credential || now() - openedAt >= absoluteSeconds * 1000) return [];
        const lastSeenAt = Math.max(openedAt, now() - (idleSeconds * 1000 - leftMs));
        return [{ id: idOf(hash), device, openedAt, lastSeenAt, current: hash === tokenHash(current) }];
      });
      return found.sort((one, other) => other.lastSeenAt - one.lastSeenAt);
    },
    async endListed(agentId, which) {
      const kept = 'allBut' in which ? tokenHash(which.allBut) : undefined;
      const ending = (await store.list(agentId)).filter(({ hash }) =>
        'id' in which ? idOf(hash) === which.id : hash !== kept,
      );
      for (const { hash } of ending) await store.remove(hash, agentId);
      return ending.length;
    },
  };
}

/** Sent by the page with every write: another site can make browsers send the cookie, but does not know this token. */
export function csrfOf(token: string): string {
  return createHash('sha256').update(`csrf:${token}`).digest('base64url');
}

export function csrfMatches(token: string, shown: string | undefined): boolean {
  return isEqualSecret(shown ?? '', csrfOf(token));
}
