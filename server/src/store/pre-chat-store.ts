/** A visitor's answers to the pre-chat form. Kept in the conversation's head, so that they are deleted with it. */
import { type PreChatAnswers, preChatAnswersSchema } from '@firstword/shared/console-wire';
import type { Redis } from '../lib/redis.ts';
import type { RedisKeys } from './keys.ts';

export type PreChat = PreChatAnswers;

export interface PreChatStore {
  save(conversationId: string, siteId: string, answers: PreChat, at: number): Promise<void>;
  of(conversationId: string): Promise<PreChat | undefined>;
}

export function createPreChatStore(redis: Redis, keys: RedisKeys): PreChatStore {
  return {
    async save(conversationId, site, answers, at) {
      // Site and time let retention also delete forms that no message follows.
      await redis.hset(keys.head(conversationId), { site, preChat: JSON.stringify(answers), preChatAt: at });
    },
    async of(conversationId) {
      const json = await redis.hget(keys.head(conversationId), 'preChat');
      return json === null ? undefined : preChatAnswersSchema.parse(JSON.parse(json));
    },
  };
}
