/** What follows the feed: a named group that gets every event of some types. */
import type { FeedEvent, FeedEventOf, FeedEventType } from '@firstword/shared/feed-event';

export interface FeedConsumerOf<Type extends FeedEventType> {
  /** Its place in the feed is stored under this name, so another purpose needs another name. Lower-case letters and `-`. */
  readonly group: string;
  /** Other events are skipped unread, so that the new types of a newer release do no harm. */
  readonly types: readonly Type[];
  /**
   * Handles 1 to 100 events of one partition, in order; batches of different partitions run at the same time. A batch, because one
   * statement can then store it. Once resolved, they are not delivered again, except after the death of the process or a
   * loss of its lease: it must be idempotent by conversation and `eventId` or message `seq`. It must settle.
   */
  readonly handle: (events: readonly FeedEventOf<Type>[]) => Promise<void>;
  /** Pause between two reads, so that one read and one write serve many events under load. Default 50 ms. */
  readonly restMs?: number;
  /** Whether what it needs is away: the batch is then repeated until that returns, and nothing is set aside. */
  readonly isOutage: (error: unknown) => boolean;
}

/** A consumer of any types, as `startFeed` accepts it. */
export type FeedConsumer = FeedConsumerOf<FeedEventType>;

export function createFeedConsumer<Type extends FeedEventType>(consumer: FeedConsumerOf<Type>): FeedConsumer {
  const isWanted = (event: FeedEvent): event is FeedEventOf<Type> => consumer.types.some((type) => type === event.type);
  return { ...consumer, handle: (events) => consumer.handle(events.filter(isWanted)) };
}
