/**
 * The events that consumers could not handle: hands one to its consumer again, or deletes it. An event that is delivered
 * again comes after newer events of its conversation.
 */

import { z } from 'zod';
import type { Redis } from '../lib/redis.ts';
import { defineScript } from '../lib/redis-script.ts';
import type { RedisKeys } from '../store/keys.ts';
import { PARTITIONS } from '../store/partition.ts';
import type { FeedConsumer } from './feed-consumer.ts';
import { readEntry } from './feed-entry.ts';

export const setAsideEventSchema = z.object({
  group: z.string(),
  eventId: z.string(),
  /** The entry of the stream: names and values in turn. */
  fields: z.array(z.string()),
  tries: z.int(),
  reason: z.string(),
  /** When it was set aside, in milliseconds since 1970. */
  at: z.number(),
});
export type SetAsideEvent = z.infer<typeof setAsideEventSchema>;
/** `id` is unique in the feed; an event's own id only in its partition. */
export type ListedEvent = SetAsideEvent & { readonly id: string };

export type RedeliveryOutcome =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'failed'; readonly reason: string }
  /** What the consumer needs is away. */
  | { readonly kind: 'away' }
  /** No consumer of this release has this name. */
  | { readonly kind: 'no-consumer'; readonly group: string }
  | { readonly kind: 'not-found' };

export interface SetAsideEvents {
  /** Set aside last first. */
  list(limit: number): Promise<ListedEvent[]>;
  /** Hands the event to its consumer in this process, and removes it from the list when that succeeds. */
  redeliver(id: string): Promise<RedeliveryOutcome>;
  /** Returns whether there was one. */
  discard(id: string): Promise<boolean>;
}

const ALL = Array.from({ length: PARTITIONS }, (_, partition) => partition);
const ID = /^(?<group>[a-z-]+)\.(?<partition>\d{1,2})\.(?<eventId>\d+-\d+)$/;

/** KEYS set-aside events · ARGV field, event · another request may have removed it meanwhile. */
const REPLACE = `
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 1 then redis.call('HSET', KEYS[1], ARGV[1], ARGV[2]) end
`;

/** @param consumers read for each delivery */
export function createSetAsideEvents(
  redis: Redis,
  keys: RedisKeys,
  consumers: readonly FeedConsumer[],
): SetAsideEvents {
  const replace = defineScript(redis, 'fwFeedReplaceAside', 1, REPLACE);

  const placeOf = (id: string) => {
    const { group, partition, eventId } = ID.exec(id)?.groups ?? {};
    if (group === undefined || eventId === undefined || Number(partition) >= PARTITIONS) return undefined;
    return { key: keys.feedSetAside(Number(partition)), field: `${group}:${eventId}` };
  };

  return {
    async list(limit) {
      const stored = await Promise.all(
        ALL.map(async (partition) =>
          (await redis.hvals(keys.feedSetAside(partition))).map((json): ListedEvent => {
            const event = setAsideEventSchema.parse(JSON.parse(json));
            return { ...event, id: `${event.group}.${partition}.${event.eventId}` };
          }),
        ),
      );
      return stored
        .flat()
        .toSorted((one, other) => other.at - one.at)
        .slice(0, limit);
    },

    async redeliver(id) {
      const place = placeOf(id);
      const json = place && (await redis.hget(place.key, place.field));
      if (!place || !json) return { kind: 'not-found' };
      const event = setAsideEventSchema.parse(JSON.parse(json));
      const consumer = consumers.find(({ group }) => group === event.group);
      if (consumer === undefined) return { kind: 'no-consumer', group: event.group };
      try {
        await consumer.handle([readEntry({ id: event.eventId, fields: event.fields })]);
      } catch (error) {
        if (consumer.isOutage(error)) return { kind: 'away' };
        const reason = String(error);
        const failed: SetAsideEvent = { ...event, tries: event.tries + 1, reason, at: Date.now() };
        await replace([place.key], [place.field, JSON.stringify(failed)]);
        return { kind: 'failed', reason };
      }
      await redis.hdel(place.key, place.field);
      return { kind: 'delivered' };
    },

    async discard(id) {
      const place = placeOf(id);
      return place !== undefined && (await redis.hdel(place.key, place.field)) === 1;
    },
  };
}
