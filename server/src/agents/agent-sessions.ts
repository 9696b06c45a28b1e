/** Sign-in sessions of agents. Only the token's hash is stored. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Redis } from '../lib/redis.ts';
import { mintToken, type TokenHash } from '../lib/tokens.ts';
import type { RedisKeys } from '../store/keys.ts';

const sessionSchema = z.object({
  agentId: z.string(),
  /** The account's `credential` at sign-in. */
  credential: z.string(),
  openedAt: z.number(),
});
export type AgentSession = z.infer<typeof sessionSchema>;

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
  redis: Redis,
  keys: RedisKeys,
  tokenHash: TokenHash,
  { idleSeconds, absoluteSeconds }: AgentSessionTimes,
  now: () => number,
): AgentSessions {
  const keyOf = (token: string) => keys.agentSession(tokenHash(token));
  return {
    async open(agentId, credential) {
      const token = mintToken();
      const session: AgentSession = { agentId, credential, openedAt: now() };
      await redis.set(keyOf(token), JSON.stringify(session), 'EX', idleSeconds);
      return token;
    },
    async read(token, touch) {
      const json = touch ? await redis.getex(keyOf(token), 'EX', idleSeconds) : await redis.get(keyOf(token));
      if (json === null) return undefined;
      const session = sessionSchema.parse(JSON.parse(json));
      if (now() - session.openedAt < absoluteSeconds * 1000) return session;
      await redis.del(keyOf(token));
      return undefined;
    },
    async end(token) {
      await redis.del(keyOf(token));
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
