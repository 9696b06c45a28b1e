/** Finds what Redis has of a visitor: their sessions, and conversations that the archive may not have yet. */
import { preChatAnswersSchema } from '@firstword/shared/console-wire';
import { z } from 'zod';
import type { Redis } from '../lib/redis.ts';
import { scanStep } from '../lib/redis-scan.ts';
import type { TokenHash } from '../lib/tokens.ts';
import type { RedisKeys } from './keys.ts';
import { sessionSchema } from './session-store.ts';

type StoredSession = z.infer<typeof sessionSchema>;
const personSchema = z.object({ visitorId: z.string(), conversationId: z.string() });

/** Whom a request is about; each field is enough. */
export interface WantedVisitor {
  readonly siteIds: readonly string[];
  readonly visitorId?: string | undefined;
  /** Compared without regard to case. */
  readonly email?: string | undefined;
}

export interface ConversationTrace {
  readonly conversationId: string;
  readonly siteId: string;
  readonly visitorId: string | undefined;
}

export interface VisitorTraces {
  /** The session of a token; does not prolong it. */
  sessionOf(token: string): Promise<StoredSession | undefined>;
  /** Walks through all keys. */
  conversationsOf(visitor: WantedVisitor): Promise<ConversationTrace[]>;
  /** Those that the visitor has left for another one, without that walk. */
  leftConversationsOf(visitor: WantedVisitor): Promise<ConversationTrace[]>;
  sessionsOf(siteId: string, visitorId: string): Promise<{ readonly id: string; readonly session: StoredSession }[]>;
  /** With the list of the conversations that the visitor has left. Returns the number of sessions. */
  removeSessions(siteId: string, visitorId: string): Promise<number>;
}

/** Redis keys in one step, which takes a fraction of a millisecond. */
const KEYS_A_STEP = 1000;

/** @param tokenHash undefined where no session token is asked for */
export function createVisitorTraces(redis: Redis, keys: RedisKeys, tokenHash?: TokenHash): VisitorTraces {
  async function* walk(pattern: string): AsyncGenerator<readonly string[]> {
    let cursor = '0';
    do {
      const step = await scanStep(redis, cursor, pattern, KEYS_A_STEP);
      yield step.keys;
      cursor = step.cursor;
    } while (cursor !== '0');
  }
  const readSession = async (key: string) => {
    const json = await redis.get(key);
    return json === null ? undefined : sessionSchema.parse(JSON.parse(json));
  };

  return {
    async sessionOf(token) {
      const session = tokenHash && (await readSession(keys.session(tokenHash(token))));
      if (session?.subject === undefined) return session;
      // Their conversation may have changed since they signed in.
      const person = await redis.get(keys.identity(session.siteId, session.subject));
      return person === null ? session : { ...session, ...personSchema.parse(JSON.parse(person)) };
    },

    async conversationsOf({ siteIds, visitorId, email }) {
      const found: ConversationTrace[] = [];
      const hasEmail = (preChat: string | null | undefined) =>
        email !== undefined &&
        preChat &&
        preChatAnswersSchema.parse(JSON.parse(preChat)).email?.toLowerCase() === email.toLowerCase();
      for await (const heads of walk(keys.allHeads())) {
        const read = await Promise.all(heads.map((head) => redis.hmget(head, 'site', 'visitor', 'preChat')));
        for (const [at, head] of heads.entries()) {
          const conversationId = keys.conversationOfHead(head);
          const [siteId, visitor, preChat] = read[at] ?? [];
          if (conversationId === undefined || !siteId || !siteIds.includes(siteId)) continue;
          if ((visitorId !== undefined && visitor === visitorId) || hasEmail(preChat))
            found.push({ conversationId, siteId, visitorId: visitor ?? undefined });
        }
      }
      return found;
    },

    async leftConversationsOf({ siteIds, visitorId }) {
      if (visitorId === undefined) return [];
      const found = siteIds.map(async (siteId) => {
        const ids = await redis.zrange(keys.visitorConversations(siteId, visitorId), '0', '-1');
        return ids.map((conversationId) => ({ conversationId, siteId, visitorId }));
      });
      return (await Promise.all(found)).flat();
    },

    async sessionsOf(siteId, visitorId) {
      const ids = await redis.smembers(keys.visitorSessions(siteId, visitorId));
      const sessions = await Promise.all(ids.map((id) => readSession(keys.session(id))));
      return sessions.flatMap((session, at) => (session === undefined ? [] : [{ id: ids[at] ?? '', session }]));
    },

    async removeSessions(siteId, visitorId) {
      const index = keys.visitorSessions(siteId, visitorId);
      const ids = await redis.smembers(index);
      for (const id of ids) await redis.del(keys.session(id));
      await redis.del(index);
      await redis.del(keys.visitorConversations(siteId, visitorId));
      return ids.length;
    },
  };
}
