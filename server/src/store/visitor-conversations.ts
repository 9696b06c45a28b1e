/** Which conversations a visitor has had besides the present one, so that they can open them again. */
import type { Redis } from '../lib/redis.ts';
import { defineScript } from '../lib/redis-script.ts';
import { refuseErased } from './erased.ts';
import type { RedisKeys } from './keys.ts';

export interface ConversationOwner {
  readonly siteId: string;
  readonly visitorId: string;
}

export interface OwnConversation {
  readonly id: string;
  /** `seq` of its last message. */
  readonly lastSeq: number;
  /** `seq` of the last message that the visitor has read. */
  readonly readSeq: number;
}

export interface VisitorConversations {
  /** Keeps a conversation that its visitor leaves. False, and without effect, when it has no message. */
  add(owner: ConversationOwner, conversationId: string): Promise<boolean>;
  /** Whether the visitor may open it. */
  has(owner: ConversationOwner, conversationId: string): Promise<boolean>;
  /** Whether it is in the visitor's list, also if it is being erased. */
  isListed(owner: ConversationOwner, conversationId: string): Promise<boolean>;
  /** Removes it from the list. */
  remove(owner: ConversationOwner, conversationId: string): Promise<void>;
  /** Those that still exist, the last left first. */
  list(owner: ConversationOwner): Promise<OwnConversation[]>;
  /**
   * An anonymous visitor has signed in: their conversations become the identified visitor's. May be repeated.
   * @param except the one that is merged into another
   * @param moved waited for after each one
   */
  move(
    from: ConversationOwner,
    into: ConversationOwner,
    except: string,
    moved: (conversationId: string) => Promise<void>,
  ): Promise<void>;
}

/** The oldest ones beyond are no longer listed. */
const LISTED_MAX = 50;
/** As long as the record of an identified visitor is kept. */
const KEPT_SECONDS = 400 * 24 * 60 * 60;

/** KEYS head · ARGV visitor before, visitor now. Returns 0 when it is not theirs. */
const CHANGE_OWNER = `
${refuseErased('KEYS[1]')}
local owner = redis.call('HGET', KEYS[1], 'visitor')
if owner ~= ARGV[1] and owner ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], 'visitor', ARGV[2])
return 1
`;

export function createVisitorConversations(redis: Redis, keys: RedisKeys): VisitorConversations {
  const changeOwner = defineScript(redis, 'fwChangeOwner', 1, CHANGE_OWNER);
  const keyOf = ({ siteId, visitorId }: ConversationOwner) => keys.visitorConversations(siteId, visitorId);

  async function find(id: string): Promise<OwnConversation | undefined> {
    const [seq, read] = await redis.hmget(keys.head(id), 'seq', 'read');
    return seq ? { id, lastSeq: Number(seq), readSeq: Number(read ?? 0) } : undefined;
  }
  async function keep(owner: ConversationOwner, id: string): Promise<void> {
    const key = keyOf(owner);
    await redis.zadd(key, Date.now(), id);
    await redis.zremrangebyrank(key, 0, -LISTED_MAX - 1);
    await redis.expire(key, KEPT_SECONDS);
  }

  return {
    async add(owner, id) {
      if ((await find(id)) === undefined) return false;
      await keep(owner, id);
      return true;
    },
    async has(owner, id) {
      const [score, found] = await Promise.all([redis.zscore(keyOf(owner), id), find(id)]);
      return score !== null && found !== undefined;
    },
    isListed: async (owner, id) => (await redis.zscore(keyOf(owner), id)) !== null,
    async remove(owner, id) {
      await redis.zrem(keyOf(owner), id);
    },
    async list(owner) {
      const ids = await redis.zrevrange(keyOf(owner), '0', '-1');
      return (await Promise.all(ids.map(find))).flatMap((found) => found ?? []);
    },
    async move(from, into, except, moved) {
      for (const id of await redis.zrange(keyOf(from), '0', '-1')) {
        if (id === except || (await find(id)) === undefined) continue;
        if ((await changeOwner([keys.head(id)], [from.visitorId, into.visitorId])) !== 1) continue;
        await keep(into, id);
        await moved(id);
      }
      await redis.del(keyOf(from));
    },
  };
}
