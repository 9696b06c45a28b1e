/** Delivers the events of conversations to their consumers: at least once, and in order for each conversation. */
import { randomUUID } from 'node:crypto';
import type { Log } from '../lib/log.ts';
import type { Redis } from '../lib/redis.ts';
import type { RedisKeys } from '../store/keys.ts';
import type { FeedConsumer } from './feed-consumer.ts';
import { createFeedCursors } from './feed-cursors.ts';
import { createFeedReader } from './feed-reader.ts';
import { createGroupConsumer, type GroupConsumer } from './group-consumer.ts';
import { createPartitionLeases } from './partition-leases.ts';

export interface FeedParts {
  /** For commands that no visitor waits for. */
  readonly redis: Redis;
  /** Opens a connection for blocking reads; each group has its own. */
  readonly openReader: () => Promise<Redis>;
  readonly keys: RedisKeys;
  readonly consumers: readonly FeedConsumer[];
  /** Unique among all processes. Default: a new id. */
  readonly processId?: string;
  /** Called for each event that is set aside. */
  readonly onSetAside: (group: string) => void;
  readonly log: Log;
  /** After the death of a process, others take over its partitions within four thirds of this time. Default 6 s. */
  readonly leaseMs?: number;
}

export interface Feed {
  /** Stops reading, waits for the events that are being handled, and lets other processes continue. */
  close(): Promise<void>;
}

const LEASE_MS = 6000;

/** Resolves when no event can be lost any more: all groups are registered. Consumers start at once. */
export async function startFeed(parts: FeedParts): Promise<Feed> {
  const { redis, openReader, keys, consumers, processId = randomUUID(), onSetAside, log, leaseMs = LEASE_MS } = parts;
  const cursors = createFeedCursors(redis, keys);
  await Promise.all(consumers.map(({ group }) => cursors.register(group)));
  const running = await Promise.all(
    consumers.map(async (consumer): Promise<GroupConsumer> => {
      const { group } = consumer;
      return createGroupConsumer({
        consumer,
        cursors,
        leases: createPartitionLeases(redis, keys, { group, processId, leaseMs }),
        reader: createFeedReader(await openReader(), keys),
        leaseMs,
        onSetAside: () => onSetAside(group),
        log,
      });
    }),
  );
  return {
    async close() {
      await Promise.all(running.map((group) => group.close()));
    },
  };
}
