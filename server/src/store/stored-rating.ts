/** A rating as a field and a value of the conversation's ratings in Redis. */
import type { Rating } from '@firstword/shared/feed-event';
import { z } from 'zod';

/** Field of the whole conversation's rating, next to the ids of rated messages. */
const WHOLE_CONVERSATION = 'conversation';

export function storedRating(rating: Rating): [field: string, value: string] {
  return rating.of === 'message'
    ? [rating.messageId, JSON.stringify({ value: rating.value, reason: rating.reason })]
    : [WHOLE_CONVERSATION, JSON.stringify({ value: String(rating.score), reason: rating.comment })];
}

const reason = z.string().optional();
const ofMessage = z.object({ value: z.enum(['up', 'down']), reason });
const ofConversation = z.object({ value: z.coerce.number(), reason });

export function readRating(field: string, json: string): Rating {
  const stored: unknown = JSON.parse(json);
  if (field !== WHOLE_CONVERSATION) return { of: 'message', messageId: field, ...ofMessage.parse(stored) };
  const { value: score, reason: comment } = ofConversation.parse(stored);
  return { of: 'conversation', score, comment };
}
