/** Reads the visitor's ratings: of single answers, and of the whole conversation. */
import type { TicketDetail } from '@firstword/shared/console-wire';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { RedisKeys } from './keys.ts';

export type ReadRatings = (conversationId: string) => Promise<Pick<TicketDetail, 'ratings' | 'satisfaction'>>;

/** Field of the whole conversation's rating, next to the ids of rated messages. */
const WHOLE_CONVERSATION = 'conversation';

const words = z.string().optional();
const answerRating = z.object({ value: z.enum(['up', 'down']), reason: words });
const wholeRating = z.object({ value: z.coerce.number(), reason: words });

export function createRatingsReader(redis: Redis, keys: RedisKeys): ReadRatings {
  return async (conversationId) => {
    const { [WHOLE_CONVERSATION]: whole, ...ofMessages } = await redis.hgetall(keys.ratings(conversationId));
    const ratings = Object.entries(ofMessages).map(([messageId, json]) => {
      const { value, reason } = answerRating.parse(JSON.parse(json));
      return { messageId, value, ...(reason ? { reason } : {}) };
    });
    if (whole === undefined) return { ratings };
    const { value: score, reason: comment } = wholeRating.parse(JSON.parse(whole));
    return { ratings, satisfaction: { score, ...(comment ? { comment } : {}) } };
  };
}
