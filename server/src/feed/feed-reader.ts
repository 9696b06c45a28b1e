/** Reads the feeds of several partitions at once, and waits for an event when there is none. */
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { isCluster, type Redis } from '../lib/redis-connection.ts';
import type { RedisKeys } from '../store/keys.ts';
import type { FeedEntry } from './feed-entry.ts';

export interface FeedPosition {
  readonly partition: number;
  /** The last event that was handled. */
  readonly cursor: string;
}

export interface FeedReader {
  /** By partition, up to 100 entries of each; empty when there was none within `blockMs`. */
  read(from: readonly FeedPosition[], blockMs: number): Promise<ReadonlyMap<number, readonly FeedEntry[]>>;
  /** A read that is still waiting rejects. */
  close(): void;
}

/** Events of one partition in one batch. */
const BATCH = 100;
/** In a cluster, how long an event may wait for the next look at its partition. */
const POLL_MS = 50;

const repliesSchema = z.array(z.tuple([z.string(), z.array(z.tuple([z.string(), z.array(z.string())]))])).nullable();
type Entries = readonly (readonly [number, readonly FeedEntry[]])[];

/** @param connection of its own, because its reads block */
export function createFeedReader(connection: Redis, keys: RedisKeys): FeedReader {
  const readOnce = async (from: readonly FeedPosition[], blockMs?: number): Promise<Entries> => {
    const streams = [...from.map(({ partition }) => keys.feed(partition)), ...from.map(({ cursor }) => cursor)];
    const replies = repliesSchema.parse(
      await (blockMs === undefined
        ? connection.xread('COUNT', BATCH, 'STREAMS', ...streams)
        : connection.xread('COUNT', BATCH, 'BLOCK', blockMs, 'STREAMS', ...streams)),
    );
    const found = new Map(replies);
    return from.flatMap(({ partition }) => {
      const entries = found.get(keys.feed(partition));
      return entries === undefined ? [] : [[partition, entries.map(([id, fields]) => ({ id, fields }))] as const];
    });
  };

  /** One command cannot read several slots, and one that waits would hold up the others. */
  const poll = async (from: readonly FeedPosition[], blockMs: number): Promise<Entries> => {
    const until = performance.now() + blockMs;
    for (;;) {
      const reads = await Promise.allSettled(from.map((position) => readOnce([position])));
      const found = reads.flatMap((read) => (read.status === 'fulfilled' ? read.value : []));
      if (found.length > 0) return found; // of the servers that answer
      const failed = reads.find((read) => read.status === 'rejected');
      if (failed !== undefined) throw failed.reason;
      if (performance.now() >= until) return [];
      await pause(POLL_MS);
    }
  };

  const read = isCluster(connection) ? poll : readOnce;
  return {
    read: async (from, blockMs) => new Map(await read(from, blockMs)),
    close: () => connection.disconnect(),
  };
}
