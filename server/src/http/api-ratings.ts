/** Shows the visitor's ratings: of single answers, and of the whole conversation. */
import type { TicketDetail } from '@firstword/shared/console-wire';
import type { Rating } from '@firstword/shared/feed-event';

export function ratingsView(ratings: readonly Rating[]): Pick<TicketDetail, 'ratings' | 'satisfaction'> {
  const whole = ratings.find((rating) => rating.of === 'conversation');
  return {
    ratings: ratings.flatMap((rating) =>
      rating.of === 'message'
        ? [{ messageId: rating.messageId, value: rating.value, ...(rating.reason ? { reason: rating.reason } : {}) }]
        : [],
    ),
    ...(whole && { satisfaction: { score: whole.score, ...(whole.comment ? { comment: whole.comment } : {}) } }),
  };
}
