/** What a visitor said before their first message. Kept in the conversation's head, so that it lives as long as that does. */
import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { RedisKeys } from './keys.ts';

const preChatSchema = z.object({
  name: z.string().exactOptional(),
  email: z.string().exactOptional(),
  /** As the site asked it then. */
  question: z.string().exactOptional(),
  answer: z.string().exactOptional(),
});
export type PreChat = z.infer<typeof preChatSchema>;

export interface PreChatStore {
  save(conversationId: string, said: PreChat): Promise<void>;
  of(conversationId: string): Promise<PreChat | undefined>;
}

export function createPreChatStore(redis: Redis, keys: RedisKeys): PreChatStore {
  return {
    async save(conversationId, said) {
      await redis.hset(keys.head(conversationId), 'preChat', JSON.stringify(said));
    },
    async of(conversationId) {
      const json = await redis.hget(keys.head(conversationId), 'preChat');
      return json === null ? undefined : preChatSchema.parse(JSON.parse(json));
    },
  };
}
