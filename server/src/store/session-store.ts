/** Maps session tokens to visitors. Only a token's hash is stored. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Redis } from '../lib/redis.ts';
import { hashId, mintToken, type TokenHash } from '../lib/tokens.ts';
import type { RedisKeys } from './keys.ts';

export const sessionSchema = z.object({
  siteId: z.string(),
  visitorId: z.string(),
  conversationId: z.string(),
  startedAt: z.number(),
  /** The site has verified the visitor's identity. */
  identified: z.boolean().default(false),
});
export type Session = z.infer<typeof sessionSchema>;

export interface SessionStore {
  /** A new visitor with a new, empty conversation. */
  open(siteId: string): Promise<{ token: string; session: Session }>;
  /** A session for an identified visitor, who has one conversation on all devices. */
  openFor(siteId: string, subject: string): Promise<{ token: string; session: Session }>;
  /** For ids that must not be used twice, except by the same `by`. True on the first use. */
  useOnce(id: string, by: string | undefined, seconds: number): Promise<boolean>;
  /** The token's session, with its idle time restarted; undefined when it is unknown, expired or another site's. */
  resume(token: string, siteId: string): Promise<Session | undefined>;
  /** Like `resume`, for a session of this identified visitor only. */
  resumeFor(token: string, siteId: string, subject: string): Promise<Session | undefined>;
}

/** @param idleSeconds how long a session lives after its last connection */
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
  async function resume(token: string, siteId: string): Promise<Session | undefined> {
    const json = await redis.getex(keys.session(tokenHash(token)), 'EX', idleSeconds);
    if (json === null) return undefined;
    const session = sessionSchema.parse(JSON.parse(json));
    return session.siteId === siteId ? session : undefined;
  }
  return {
    open: (siteId) => create(fresh(siteId)),
    async openFor(siteId, subject) {
      const key = keys.identity(siteId, hashId(subject));
      const isNew = (await redis.set(key, JSON.stringify(fresh(siteId)), 'NX')) === 'OK';
      const session = sessionSchema.parse(JSON.parse((await redis.get(key)) ?? ''));
      // Lets the deletion of the conversation find the identity key.
      if (isNew) await redis.set(keys.identityOf(session.conversationId), key);
      return create({ ...session, identified: true });
    },
    async useOnce(id, by, seconds) {
      const user = by === undefined ? '' : hashId(by);
      const key = keys.once(hashId(id));
      if ((await redis.set(key, user, 'EX', seconds, 'NX')) === 'OK') return true;
      return user !== '' && (await redis.get(key)) === user;
    },
    resume,
    async resumeFor(token, siteId, subject) {
      const [session, json] = await Promise.all([
        resume(token, siteId),
        redis.get(keys.identity(siteId, hashId(subject))),
      ]);
      if (session === undefined || !session.identified || json === null) return undefined;
      return sessionSchema.parse(JSON.parse(json)).conversationId === session.conversationId ? session : undefined;
    },
  };
}
