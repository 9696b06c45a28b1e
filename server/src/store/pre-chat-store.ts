/** A visitor's answers to the pre-chat form. Kept in the conversation's head, so that they are deleted with it. */
import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { RedisKeys } from './keys.ts';

export const preChatSchema = z.object({
  name: z.string().exactOptional(),
  email: z.string().exactOptional(),
  /** The site's question as it was asked. */
  question: z.string().exactOptional(),
  answer: z.string().exactOptional(),
});
export type PreChat = z.infer<typeof preChatSchema>;

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
      return json === null ? undefined : preChatSchema.parse(JSON.parse(json));
    },
  };
}
