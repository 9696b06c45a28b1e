/** Conversations of which Redis has only the head, or did for a time. */
import type { ConversationTail } from '@firstword/shared/conversation-records';
import { z } from 'zod';
import type { Redis } from '../lib/redis.ts';
import { defineScript } from '../lib/redis-script.ts';
import { RESTORE } from './cold-scripts.ts';
import type { RedisKeys } from './keys.ts';
import { hashText } from './message-log.ts';
import { storedRating } from './stored-rating.ts';

export interface ColdConversations {
  /** Undefined unless the conversation is cold. */
  lastSeqOfCold(conversationId: string): Promise<number | undefined>;
  /** The last `seq`, and whether the archive may have messages that Redis does not have. */
  extent(conversationId: string): Promise<{ readonly lastSeq: number; readonly wasCold: boolean }>;
  /** False, without an effect, where it is not cold any more. */
  restore(conversationId: string, lastSeq: number, tail: ConversationTail): Promise<boolean>;
}

export function createColdConversations(redis: Redis, keys: RedisKeys): ColdConversations {
  const restore = defineScript(redis, 'fwRestore', 4, RESTORE);
  return {
    async lastSeqOfCold(id) {
      const [cold, seq] = await redis.hmget(keys.head(id), 'cold', 'seq');
      return cold ? z.coerce.number().parse(seq) : undefined;
    },

    async extent(id) {
      const [seq, cold, restoredAt] = await redis.hmget(keys.head(id), 'seq', 'cold', 'restoredAt');
      return { lastSeq: Number(seq ?? 0), wasCold: Boolean(cold || restoredAt) };
    },

    async restore(id, lastSeq, { messages, earlier, ratings }) {
      // The assistant's answers have no send; the turns of visitors' messages have ended long ago.
      const sends = [...earlier, ...messages]
        .filter(({ from }) => from !== 'assistant')
        .map((message) => [message.id, `${message.seq}|${hashText(message.text)}|`] as const);
      const lists = [
        messages.map(({ seq, ...message }) => [seq, JSON.stringify(message)] as const),
        sends,
        ratings.map(storedRating),
      ];
      const own = [keys.head(id), keys.log(id), keys.sends(id), keys.ratings(id)];
      return (await restore(own, [lastSeq, ...lists.flatMap((list) => [list.length, ...list.flat()])])) === 1;
    },
  };
}
