/** Finds what Redis has of a visitor: their sessions, and conversations that the archive may not have yet. Walks through all keys. */
import { preChatAnswersSchema } from '@firstword/shared/console-wire';
import type { Redis } from '../lib/redis.ts';
import { scanStep } from '../lib/redis-scan.ts';
import type { TokenHash } from '../lib/tokens.ts';
import type { RedisKeys } from './keys.ts';
import { type Session, sessionSchema } from './session-store.ts';

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
  sessionOf(token: string): Promise<Session | undefined>;
  conversationsOf(visitor: WantedVisitor): Promise<ConversationTrace[]>;
  sessionsOf(siteId: string, visitorId: string): Promise<{ readonly key: string; readonly session: Session }[]>;
  removeSessions(keys: readonly string[]): Promise<void>;
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
      return tokenHash && readSession(keys.session(tokenHash(token)));
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

    async sessionsOf(siteId, visitorId) {
      const found: { key: string; session: Session }[] = [];
      for await (const some of walk(keys.allSessions())) {
        const sessions = await Promise.all(some.map(readSession));
        for (const [at, key] of some.entries()) {
          const session = sessions[at];
          if (session?.siteId === siteId && session.visitorId === visitorId) found.push({ key, session });
        }
      }
      return found;
    },

    async removeSessions(sessions) {
      for (const key of sessions) await redis.del(key);
    },
  };
}
