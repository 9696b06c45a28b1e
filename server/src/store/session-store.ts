/** Who a visitor's session token stands for. Only the token's hash is kept. */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { hashId, mintToken, type TokenHash } from '../lib/tokens.ts';
import type { RedisKeys } from './keys.ts';

const sessionSchema = z.object({
  siteId: z.string(),
  visitorId: z.string(),
  conversationId: z.string(),
  startedAt: z.number(),
  /** The site has proven whose session this is. */
  identified: z.boolean().default(false),
});
export type Session = z.infer<typeof sessionSchema>;

export interface SessionStore {
  /** A new visitor with a new, empty conversation. */
  open(siteId: string): Promise<{ token: string; session: Session }>;
  /** A session for a visitor whose identity the site has proven: one conversation, whatever the device. */
  openFor(siteId: string, subject: string): Promise<{ token: string; session: Session }>;
  /** True once: for ids that must not be shown twice. */
  useOnce(id: string, seconds: number): Promise<boolean>;
  /** The session behind a token, its idle time begun anew; undefined when it is unknown, ended, or another site's. */
  resume(token: string, siteId: string): Promise<Session | undefined>;
}

/** @param idleSeconds how long a session outlives its last connection */
export function createSessionStore(
  redis: Redis,
  keys: RedisKeys,
  tokenHash: TokenHash,
  idleSeconds: number,
): SessionStore {
  const create = async (session: Session) => {
    const token = mintToken();
    await redis.set(keys.session(tokenHash(token)), JSON.stringify(session), 'EX', idleSeconds);
    return { token, session };
  };
  const fresh = (siteId: string): Session => ({
    siteId,
    visitorId: randomUUID(),
    conversationId: randomUUID(),
    startedAt: Date.now(),
    identified: false,
  });
  return {
    open: (siteId) => create(fresh(siteId)),
    async openFor(siteId, subject) {
      const key = keys.identity(siteId, hashId(subject));
      const isNew = (await redis.set(key, JSON.stringify(fresh(siteId)), 'NX')) === 'OK';
      const session = sessionSchema.parse(JSON.parse((await redis.get(key)) ?? ''));
      // So that it goes with the conversation: nothing else leads back to it.
      if (isNew) await redis.set(keys.identityOf(session.conversationId), key);
      return create({ ...session, identified: true });
    },
    async useOnce(id, seconds) {
      return (await redis.set(keys.once(hashId(id)), '1', 'EX', seconds, 'NX')) === 'OK';
    },
    async resume(token, siteId) {
      const json = await redis.getex(keys.session(tokenHash(token)), 'EX', idleSeconds);
      if (json === null) return undefined;
      const session = sessionSchema.parse(JSON.parse(json));
      return session.siteId === siteId ? session : undefined;
    },
  };
}
