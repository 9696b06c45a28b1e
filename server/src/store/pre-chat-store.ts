/** A visitor's answers to the pre-chat form. Kept in the conversation's head, so that they are deleted with it. */
import { type PreChatAnswers, preChatAnswersSchema } from '@firstword/shared/console-wire';
import type { Redis } from '../lib/redis.ts';
import { defineScript } from '../lib/redis-script.ts';
import { refuseErased } from './erased.ts';
import { EMIT } from './feed-scripts.ts';
import type { RedisKeys } from './keys.ts';

export type PreChat = PreChatAnswers;

export interface PreChatStore {
  save(conversationId: string, siteId: string, answers: PreChat, at: number): Promise<void>;
  of(conversationId: string): Promise<PreChat | undefined>;
}

/**
 * KEYS head, feed · ARGV site, answers, at, conversationId: repeating it changes nothing. Site and time let retention also delete
 * forms that no message follows.
 */
const SAVE = `${EMIT}
${refuseErased('KEYS[1]')}
if redis.call('HGET', KEYS[1], 'preChat') == ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], 'site', ARGV[1], 'preChat', ARGV[2], 'preChatAt', ARGV[3])
emit(KEYS[2], originOf(KEYS[1]), ARGV[4], 'pre-chat-answered', nil, 'preChat', ARGV[2])
return 1
`;

export function createPreChatStore(redis: Redis, keys: RedisKeys): PreChatStore {
  const save = defineScript(redis, 'fwPreChat', 2, SAVE);
  return {
    async save(id, site, answers, at) {
      await save([keys.head(id), keys.feedOf(id)], [site, JSON.stringify(answers), at, id]);
    },
    async of(conversationId) {
      const json = await redis.hget(keys.head(conversationId), 'preChat');
      return json === null ? undefined : preChatAnswersSchema.parse(JSON.parse(json));
    },
  };
}
