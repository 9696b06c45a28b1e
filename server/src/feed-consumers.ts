/** Who follows the feed of conversations, and what they do with an event. Every new consumer is listed here. */
import { ARCHIVE_GROUP, ARCHIVED_EVENTS, archiveChangeOf } from './archive-change.ts';
import type { ArticleSuggestions } from './article-suggestions.ts';
import type { ReplyMail } from './conversation/reply-mail.ts';
import { createFeedConsumer, type FeedConsumer } from './feed/feed-consumer.ts';
import type { GapRecorder } from './gap-recorder.ts';
import { isRedisOutage } from './lib/redis-outage.ts';
import type { ConsoleNamespace } from './realtime/console-namespace.ts';
import type { ConversationArchive } from './records/conversation-archive.ts';
import { RecordsError } from './records/records-error.ts';
import type { Tickets } from './tickets/ticket-types.ts';
import { WEBHOOK_FEED_EVENTS, webhookEventOf } from './webhooks/webhook-event.ts';
import type { Webhooks } from './webhooks/webhooks.ts';

/** A visitor waits for the agents who see the ticket. */
const TICKETS_REST_MS = 10;

export interface FeedConsumerParts {
  readonly archive: Pick<ConversationArchive, 'write'>;
  readonly gaps: GapRecorder;
  readonly suggestions: Pick<ArticleSuggestions, 'rated'>;
  readonly console: Pick<ConsoleNamespace, 'publishMessage' | 'publishRead' | 'publishConversations' | 'publishErased'>;
  /** The visitor's pages still show the conversation. */
  readonly onErased: (conversationId: string) => void;
  readonly replyMail: Pick<ReplyMail, 'schedule'>;
  /** False while tickets of an earlier release are being moved to the database. */
  readonly hasAllTickets: () => boolean;
  readonly webhooks: Pick<Webhooks, 'publish' | 'erase'>;
  readonly tickets: Pick<Tickets, 'recordHandOff' | 'recordVisitorMessage' | 'notifyAgents' | 'forget'>;
}

export function createFeedConsumers({
  archive,
  gaps,
  suggestions,
  console,
  onErased,
  replyMail,
  tickets,
  hasAllTickets,
  webhooks,
}: FeedConsumerParts): FeedConsumer[] {
  return [
    createFeedConsumer({
      group: 'console',
      types: ['message', 'read', 'rated', 'conversation-erased'],
      async handle(events) {
        for (const { ticketId, ...event } of events) {
          if (event.type === 'conversation-erased') {
            onErased(event.conversationId);
            console.publishErased(event);
          }
          if (event.type === 'rated') await tickets.notifyAgents(event.conversationId);
          if (ticketId === undefined) continue; // no agent watches it
          if (event.type === 'message') console.publishMessage(ticketId, event.message);
          if (event.type === 'read') console.publishRead(ticketId, event.seq, event.at);
        }
      },
      isOutage: isRedisOutage,
    }),
    createFeedConsumer({
      group: 'tickets',
      types: ['message', 'hand-off-requested', 'conversation-erased'],
      restMs: TICKETS_REST_MS,
      async handle(events) {
        if (!hasAllTickets()) throw new RecordsError('unavailable', 'tickets of an earlier release are being moved');
        for (const event of events) {
          if (event.type === 'hand-off-requested') await tickets.recordHandOff(event);
          else if (event.type === 'conversation-erased') await tickets.forget(event.conversationId);
          // Wakes the ticket and makes its analysis outdated.
          else if (event.message.from === 'visitor' && event.ticketId !== undefined)
            await tickets.recordVisitorMessage(event.ticketId, event.message);
        }
      },
      isOutage: (error) => error instanceof RecordsError || isRedisOutage(error),
    }),
    createFeedConsumer({
      group: 'reply-mail',
      types: ['message'],
      async handle(events) {
        for (const { ticketId, conversationId, message } of events)
          if (message.from === 'agent' && ticketId !== undefined)
            await replyMail.schedule({ id: ticketId, conversationId }, message.seq);
      },
      isOutage: isRedisOutage,
    }),
    createArchiveConsumer(archive, console.publishConversations),
    createFeedConsumer({
      group: 'gaps',
      types: ['message', 'rated', 'conversation-erased'],
      async handle(events) {
        for (const event of events)
          if (event.type === 'message') await gaps.record(event);
          else if (event.type === 'rated') await suggestions.rated(event);
          else await gaps.erase(event.conversationId);
      },
      isOutage: (error) => error instanceof RecordsError || isRedisOutage(error),
    }),
    createFeedConsumer({
      group: 'webhooks',
      types: [...WEBHOOK_FEED_EVENTS, 'conversation-erased'],
      async handle(events) {
        // Nothing about a conversation is sent that is erased in the same batch.
        const erased = events.flatMap((event) => (event.type === 'conversation-erased' ? [event.conversationId] : []));
        await webhooks.publish(
          events.flatMap((event) =>
            event.type === 'conversation-erased' || erased.includes(event.conversationId)
              ? []
              : (webhookEventOf(event) ?? []),
          ),
        );
        await webhooks.erase(erased);
      },
      isOutage: (error) => error instanceof RecordsError,
    }),
  ];
}

/** @param onStored called with the conversations of which the database has news */
export function createArchiveConsumer(
  archive: FeedConsumerParts['archive'],
  onStored: (conversations: readonly { conversationId: string; siteId: string }[]) => void = () => {},
): FeedConsumer {
  return createFeedConsumer({
    group: ARCHIVE_GROUP,
    types: ARCHIVED_EVENTS,
    async handle(events) {
      await archive.write(events.map(archiveChangeOf));
      onStored(events);
    },
    // Also when the database refuses us: nothing is wrong with the event.
    isOutage: (error) => error instanceof RecordsError,
  });
}
