/** Agents' sign-in sessions. Only their tokens' hashes are stored. */

import { z } from 'zod';
import type { Redis } from '../lib/redis.ts';
import type { RedisKeys } from './keys.ts';

const sessionSchema = z.object({
  agentId: z.string(),
  /** The account's `credential` at sign-in. */
  credential: z.string(),
  openedAt: z.number(),
});
export type AgentSession = z.infer<typeof sessionSchema>;

export interface AgentSessionStore {
  save(tokenHash: string, session: AgentSession, idleSeconds: number): Promise<void>;
  /** @param idleSeconds restarts the idle timeout; without it, reading does not keep a session alive */
  load(tokenHash: string, idleSeconds?: number): Promise<AgentSession | undefined>;
  remove(tokenHash: string): Promise<void>;
}

export function createAgentSessionStore(redis: Redis, keys: Pick<RedisKeys, 'agentSession'>): AgentSessionStore {
  return {
    async save(tokenHash, session, idleSeconds) {
      await redis.set(keys.agentSession(tokenHash), JSON.stringify(session), 'EX', idleSeconds);
    },
    async load(tokenHash, idleSeconds) {
      const key = keys.agentSession(tokenHash);
      const json = idleSeconds === undefined ? await redis.get(key) : await redis.getex(key, 'EX', idleSeconds);
      return json === null ? undefined : sessionSchema.parse(JSON.parse(json));
    },
    async remove(tokenHash) {
      await redis.del(keys.agentSession(tokenHash));
    },
  };
}
