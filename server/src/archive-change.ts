/** What the archive keeps of an event of the feed. Pure. */
import type { FeedEventOf } from '@firstword/shared/feed-event';
import type { ArchiveChange } from './records/conversation-archive.ts';

/** The consumer group that archives. What it has not handled yet stays in Redis. */
export const ARCHIVE_GROUP = 'archive';

export const ARCHIVED_EVENTS = [
  'message',
  'responder-changed',
  'rated',
  'pre-chat-answered',
  'visitor-identified',
  'conversation-closed',
  'conversation-erased',
] as const;

export function archiveChangeOf(event: FeedEventOf<(typeof ARCHIVED_EVENTS)[number]>): ArchiveChange {
  const { conversationId, siteId, at, visitorId, locale, ticketId } = event;
  const origin = { conversationId, siteId, at, visitorId, locale, ticketId };
  switch (event.type) {
    case 'message':
      return { ...origin, type: 'message', message: event.message, region: event.region, identified: event.identified };
    case 'responder-changed':
      return { ...origin, type: 'responder', responder: event.responder };
    case 'rated': {
      const { rating } = event;
      return rating.of === 'message'
        ? { ...origin, type: 'message-rated', messageId: rating.messageId, value: rating.value, reason: rating.reason }
        : { ...origin, type: 'conversation-rated', score: rating.score, comment: rating.comment };
    }
    case 'pre-chat-answered':
      return { ...origin, type: 'visitor', preChat: event.preChat };
    case 'visitor-identified':
      return { ...origin, type: 'identified', profile: event.profile };
    case 'conversation-closed':
      return { ...origin, type: 'closed', resolution: event.resolution };
    case 'conversation-erased':
      return { ...origin, type: 'erased' };
  }
}
