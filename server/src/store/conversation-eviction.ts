/** Takes quiet conversations out of Redis, except for their heads. */
import type { Redis } from '../lib/redis.ts';
import { defineScript } from '../lib/redis-script.ts';
import { EVICT } from './cold-scripts.ts';
import { COLD_FORMAT } from './data-upgrade.ts';
import type { RedisKeys } from './keys.ts';
import { toMessage } from './message-log.ts';
import { readRedisClock } from './redis-clock.ts';

/** What Redis has of a conversation that may leave it. */
export interface EvictionCandidate {
  readonly id: string;
  readonly lastSeq: number;
  /** Of the messages in Redis, in order. */
  readonly messages: readonly { readonly seq: number; readonly id: string }[];
}

export interface ConversationEviction {
  /** Those of the given conversations that are quiet and have no open ticket. */
  candidates(conversationIds: readonly string[]): Promise<EvictionCandidate[]>;
  /**
   * Deletes all but the head, atomically, unless there is news: a message, a turn, an open ticket, an event that the archive does
   * not have. The archive must have its messages.
   */
  evict(conversation: Pick<EvictionCandidate, 'id' | 'lastSeq'>): Promise<boolean>;
}

/** KEYS data format · ARGV format. Deletes first, because a full Redis accepts that. */
const MARK_FORMAT = `
redis.call('DEL', KEYS[1])
redis.call('SET', KEYS[1], ARGV[1])
`;

export interface EvictionSettings {
  /** How long a conversation stays after its last message, or after it was restored. */
  readonly hotMs: number;
  /** The consumer group that archives. */
  readonly archiveGroup: string;
}

export function createConversationEviction(
  redis: Redis,
  keys: RedisKeys,
  { hotMs, archiveGroup }: EvictionSettings,
): ConversationEviction {
  const evict = defineScript(redis, 'fwEvict', 7, EVICT);
  const mark = defineScript(redis, 'fwMarkFormat', 1, MARK_FORMAT);
  let isMarked = false;
  const now = async () => readRedisClock(redis);

  return {
    async candidates(ids) {
      const before = (await now()) - hotMs;
      const heads = await Promise.all(
        ids.map((id) => redis.hmget(keys.head(id), 'seq', 'turn', 'ticket', 'cold', 'restoredAt')),
      );
      const idle = ids.flatMap((id, at) => {
        const [seq, turn, ticket, cold, restoredAt] = heads[at] ?? [];
        const isIdle = !turn && !ticket && !cold && Number(restoredAt ?? 0) <= before;
        return seq && isIdle ? [{ id, lastSeq: Number(seq) }] : [];
      });
      const last = await Promise.all(idle.map(({ id }) => redis.xrevrange(keys.log(id), '+', '-', 'COUNT', 1)));
      const quiet = idle.filter((_, at) => last[at]?.map(toMessage).some((message) => message.at <= before));
      const logs = await Promise.all(quiet.map(({ id }) => redis.xrange(keys.log(id), '-', '+')));
      return quiet.map((conversation, at) => ({ ...conversation, messages: (logs[at] ?? []).map(toMessage) }));
    },

    async evict({ id, lastSeq }) {
      if (!isMarked) await mark([keys.dataFormat()], [COLD_FORMAT]);
      isMarked = true;
      const own = [keys.head(id), keys.log(id), keys.sends(id), keys.ratings(id)];
      const feed = [keys.feedOf(id), keys.feedCursorsOf(id), keys.feedSetAsideOf(id)];
      return (await evict([...own, ...feed], [id, lastSeq, hotMs, archiveGroup, keys.turnPrefix(id)])) === 1;
    },
  };
}
