/** Maps session tokens to visitors. Only a token's hash is stored. */
import { randomUUID } from 'node:crypto';
import type { VisitorProfile } from '@firstword/shared/visitor-profile';
import { z } from 'zod';
import type { Redis } from '../lib/redis.ts';
import { defineScript } from '../lib/redis-script.ts';
import { hashId, mintToken, type TokenHash } from '../lib/tokens.ts';
import { createIdentityRecords } from './identity-records.ts';
import type { RedisKeys } from './keys.ts';
import { REPLACE } from './replace-script.ts';

export const sessionSchema = z.object({
  siteId: z.string(),
  visitorId: z.string(),
  conversationId: z.string(),
  startedAt: z.number(),
  /** The site has verified the visitor's identity. */
  identified: z.boolean().default(false),
  /** Hash of the site's own id of an identified visitor, whose record says which conversation is theirs now. */
  subject: z.string().exactOptional(),
  /** The subject that is signing in with this anonymous session; no other one may, and it opens nothing else. */
  claimedBy: z.string().exactOptional(),
});
export interface Session extends z.infer<typeof sessionSchema> {
  /** The token's hash. */
  readonly id: string;
  /** What the site says of an identified visitor. */
  readonly profile?: VisitorProfile;
}

export interface OpenedSession {
  readonly token: string;
  readonly session: Session;
}

/** A session as agents see it. */
export interface ListedSession {
  readonly id: string;
  readonly startedAt: number;
  /** When it was used last. */
  readonly lastAt: number;
  readonly identified: boolean;
}

export interface SessionStore {
  /** A new visitor with a new, empty conversation. */
  open(siteId: string): Promise<OpenedSession>;
  /**
   * A session for an identified visitor, who has one conversation on all devices.
   * @param before the anonymous visitor that they were; their conversation becomes that of a new subject
   */
  openFor(siteId: string, profile: VisitorProfile, before?: Session): Promise<OpenedSession>;
  /** For ids that must not be used twice, except by the same `by`. True on the first use. */
  useOnce(id: string, by: string | undefined, seconds: number): Promise<boolean>;
  /** The token's session, with its idle time restarted; undefined when it is unknown, expired or another site's. */
  resume(token: string, siteId: string): Promise<Session | undefined>;
  /** Like `resume`, for a session of this identified visitor only. Keeps what the site says of them now. */
  resumeFor(token: string, siteId: string, profile: VisitorProfile): Promise<Session | undefined>;
  /**
   * The session that a visitor leaves by signing in. An anonymous one is reserved for this subject, so that two who sign in
   * with it never share its conversation; undefined if it is unknown or reserved for another.
   */
  claim(token: string, siteId: string, subject: string): Promise<Session | undefined>;
  /**
   * Makes another conversation the visitor's present one: of an identified visitor in all of their sessions. Where another tab was
   * first, its choice stays.
   */
  moveTo(session: Session, conversationId: string): Promise<Session>;
  /** Ends a session for good. */
  end(session: Pick<Session, 'id' | 'siteId' | 'visitorId'>): Promise<void>;
  /** Those of a visitor, the newest first. */
  list(siteId: string, visitorId: string): Promise<ListedSession[]>;
  /** The session of a token, without restarting its idle time. */
  find(token: string): Promise<Session | undefined>;
}

export interface SessionLifetimes {
  /** After the last connection. */
  readonly idleSeconds: number;
  /** After it was opened, however much it is used. */
  readonly absoluteSeconds: number;
}

export function createSessionStore(
  redis: Redis,
  keys: RedisKeys,
  tokenHash: TokenHash,
  { idleSeconds, absoluteSeconds }: SessionLifetimes,
  now: () => number = Date.now,
): SessionStore {
  const people = createIdentityRecords(redis, keys);
  const replace = defineScript(redis, 'fwReplaceText', 1, REPLACE);

  const create = async (stored: z.infer<typeof sessionSchema>): Promise<OpenedSession> => {
    const token = mintToken();
    const session = { ...stored, id: tokenHash(token) };
    const index = keys.visitorSessions(stored.siteId, stored.visitorId);
    // Listed first: a session that is not listed could not be ended.
    await redis.sadd(index, session.id);
    await Promise.all([
      redis.expire(index, idleSeconds),
      redis.set(keys.session(session.id), JSON.stringify(stored), 'EX', idleSeconds),
    ]);
    return { token, session };
  };
  const read = (id: string, json: string | null): Session | undefined => {
    if (json === null) return undefined;
    const session = sessionSchema.parse(JSON.parse(json));
    return now() - session.startedAt > absoluteSeconds * 1000 ? undefined : { ...session, id };
  };
  const find = async (token: string) => {
    const id = tokenHash(token);
    return read(id, await redis.get(keys.session(id)));
  };

  async function resume(token: string, siteId: string): Promise<Session | undefined> {
    const id = tokenHash(token);
    const session = read(id, await redis.getex(keys.session(id), 'EX', idleSeconds));
    if (session === undefined || session.siteId !== siteId || session.claimedBy !== undefined) return undefined;
    await redis.expire(keys.visitorSessions(siteId, session.visitorId), idleSeconds);
    if (session.subject === undefined) return session;
    const person = await people.find(siteId, session.subject);
    return person && { ...session, ...person };
  }

  async function claim(token: string, siteId: string, subject: string): Promise<Session | undefined> {
    const id = tokenHash(token);
    const json = await redis.get(keys.session(id));
    const session = read(id, json);
    if (json === null || session?.siteId !== siteId) return undefined;
    const claimedBy = hashId(subject);
    if (session.identified || session.claimedBy === claimedBy) return session;
    if (session.claimedBy !== undefined) return undefined;
    const { id: _, ...stored } = session;
    const claimed = JSON.stringify({ ...stored, claimedBy });
    // Another tab was first; it may have been the same subject's.
    return (await replace([keys.session(id)], [json, claimed])) === 1 ? session : claim(token, siteId, subject);
  }

  return {
    open: (siteId) =>
      create({
        siteId,
        visitorId: randomUUID(),
        conversationId: randomUUID(),
        startedAt: now(),
        identified: false,
      }),
    async openFor(siteId, profile, before) {
      const subject = hashId(profile.subject);
      const first = before ?? { visitorId: randomUUID(), conversationId: randomUUID() };
      const person = await people.open(siteId, subject, first, profile);
      const { visitorId, conversationId } = person;
      const stored = { siteId, visitorId, conversationId, startedAt: now(), identified: true, subject };
      const { token, session } = await create(stored);
      return { token, session: { ...session, profile } };
    },
    async useOnce(id, by, seconds) {
      const user = by === undefined ? '' : hashId(by);
      const key = keys.once(hashId(id));
      if ((await redis.set(key, user, 'EX', seconds, 'NX')) === 'OK') return true;
      return user !== '' && (await redis.get(key)) === user;
    },
    resume,
    async resumeFor(token, siteId, profile) {
      const session = await resume(token, siteId);
      const subject = hashId(profile.subject);
      if (session === undefined || !session.identified) return undefined;
      if (session.subject !== undefined && session.subject !== subject) return undefined;
      const known = await people.find(siteId, subject);
      // A session of a release that did not store the subject.
      if (known?.conversationId !== session.conversationId) return undefined;
      return { ...session, ...(await people.open(siteId, subject, known, profile)) };
    },
    claim,
    async moveTo(session, next) {
      const { id, siteId, conversationId, subject } = session;
      if (subject !== undefined) {
        await people.leave(siteId, subject, conversationId, next);
        return { ...session, ...(await people.find(siteId, subject)) };
      }
      const key = keys.session(id);
      const json = await redis.get(key);
      const stored = read(id, json);
      if (json === null || stored?.conversationId !== conversationId) return { ...session, ...stored };
      const moved = sessionSchema.parse({ ...JSON.parse(json), conversationId: next });
      if ((await replace([key], [json, JSON.stringify(moved)])) !== 1)
        return { ...session, ...read(id, await redis.get(key)) };
      return { ...session, conversationId: next };
    },
    async end({ id, siteId, visitorId }) {
      await redis.del(keys.session(id));
      await redis.srem(keys.visitorSessions(siteId, visitorId), id);
    },
    async list(siteId, visitorId) {
      const ids = await redis.smembers(keys.visitorSessions(siteId, visitorId));
      const listed = await Promise.all(
        ids.map(async (id) => {
          const [json, leftMs] = await Promise.all([redis.get(keys.session(id)), redis.pttl(keys.session(id))]);
          const session = read(id, json);
          if (session === undefined) {
            await redis.srem(keys.visitorSessions(siteId, visitorId), id);
            return [];
          }
          const lastAt = Math.max(session.startedAt, now() - (idleSeconds * 1000 - leftMs));
          return [{ id, startedAt: session.startedAt, lastAt, identified: session.identified }];
        }),
      );
      return listed.flat().toSorted((one, other) => other.startedAt - one.startedAt);
    },
    find,
  };
}
