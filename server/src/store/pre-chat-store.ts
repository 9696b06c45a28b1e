/** What a visitor said before their first message. Kept in the conversation's head, so that it lives as long as that does. */
import { type PreChatAnswers, preChatAnswersSchema } from '@firstword/shared/console-wire';
import type { Redis } from 'ioredis';
import type { RedisKeys } from './keys.ts';

export type PreChat = PreChatAnswers;

export interface PreChatStore {
  save(conversationId: string, siteId: string, said: PreChat, at: number): Promise<void>;
  of(conversationId: string): Promise<PreChat | undefined>;
}

export function createPreChatStore(redis: Redis, keys: RedisKeys): PreChatStore {
  return {
    async save(conversationId, site, said, at) {
      // Whoever gives an address and then says nothing is forgotten in time, too: hence site and time.
      await redis.hset(keys.head(conversationId), { site, preChat: JSON.stringify(said), preChatAt: at });
    },
    async of(conversationId) {
      const json = await redis.hget(keys.head(conversationId), 'preChat');
      return json === null ? undefined : preChatAnswersSchema.parse(JSON.parse(json));
    },
  };
}
