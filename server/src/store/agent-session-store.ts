/** Agents' sign-in sessions. Only their tokens' hashes are stored. */

import { z } from 'zod';
import type { Redis } from '../lib/redis.ts';
import type { RedisKeys } from './keys.ts';

const sessionSchema = z.object({
  agentId: z.string(),
  /** The account's `credential` at sign-in. */
  credential: z.string(),
  openedAt: z.number(),
  /** The browser's `User-Agent`; absent in sessions that an older version opened. */
  device: z.string().exactOptional(),
  /** Opened by the identity provider. */
  atProvider: z.literal(true).exactOptional(),
});
export type AgentSession = z.infer<typeof sessionSchema>;

export interface ListedSession {
  readonly hash: string;
  readonly session: AgentSession;
  /** Until it ends, unless it is used. */
  readonly leftMs: number;
}

export interface AgentSessionStore {
  /** @param times `listedSeconds`: how long the agent's list of sessions is kept after the last sign-in */
  save(
    tokenHash: string,
    session: AgentSession,
    times: { readonly idleSeconds: number; readonly listedSeconds: number },
  ): Promise<void>;
  /** @param idleSeconds restarts the idle timeout; without it, reading does not keep a session alive */
  load(tokenHash: string, idleSeconds?: number): Promise<AgentSession | undefined>;
  list(agentId: string): Promise<ListedSession[]>;
  remove(tokenHash: string, agentId: string | undefined): Promise<void>;
}

export function createAgentSessionStore(
  redis: Redis,
  keys: Pick<RedisKeys, 'agentSession' | 'agentSessions'>,
): AgentSessionStore {
  return {
    async save(tokenHash, session, { idleSeconds, listedSeconds }) {
      await redis.set(keys.agentSession(tokenHash), JSON.stringify(session), 'EX', idleSeconds);
      await redis.sadd(keys.agentSessions(session.agentId), tokenHash);
      await redis.expire(keys.agentSessions(session.agentId), listedSeconds);
    },
    async load(tokenHash, idleSeconds) {
      const key = keys.agentSession(tokenHash);
      const json = idleSeconds === undefined ? await redis.get(key) : await redis.getex(key, 'EX', idleSeconds);
      return json === null ? undefined : sessionSchema.parse(JSON.parse(json));
    },
    async list(agentId) {
      const listed: ListedSession[] = [];
      for (const hash of await redis.smembers(keys.agentSessions(agentId))) {
        const key = keys.agentSession(hash);
        const [json, leftMs] = await Promise.all([redis.get(key), redis.pttl(key)]);
        if (json !== null) listed.push({ hash, session: sessionSchema.parse(JSON.parse(json)), leftMs });
        else await redis.srem(keys.agentSessions(agentId), hash); // it has ended by itself
      }
      return listed;
    },
    async remove(tokenHash, agentId) {
      await redis.del(keys.agentSession(tokenHash));
      if (agentId !== undefined) await redis.srem(keys.agentSessions(agentId), tokenHash);
    },
  };
}
