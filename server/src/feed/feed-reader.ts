/** Reads the feeds of several partitions at once, and waits for an event when there is none. */
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { isCluster, primaryOfSlot, type Redis, type ServerConnection, slotOf } from '../lib/redis-connection.ts';
import type { RedisKeys } from '../store/keys.ts';
import { PARTITIONS } from '../store/partition.ts';
import type { FeedEntry } from './feed-entry.ts';

export interface FeedPosition {
  readonly partition: number;
  /** The last event that was handled. */
  readonly cursor: string;
}

export interface FeedReader {
  /** One read at a time. By partition, up to 100 entries of each; empty when there was none within `blockMs`. */
  read(from: readonly FeedPosition[], blockMs: number): Promise<ReadonlyMap<number, readonly FeedEntry[]>>;
  /** A read that is still waiting rejects. */
  close(): void;
}

/** Events of one partition in one batch. */
const BATCH = 100;
/** In a cluster, how long an event may wait for the next look at its partition. */
const POLL_MS = 50;

/** ARGV feed, cursor, feed, cursor … of one server. One command cannot read several slots, but a script may. */
const READ_SERVER = `#!lua flags=no-writes,allow-cross-slot-keys
local found = {}
for i = 1, #ARGV, 2 do
  local read = redis.call('XREAD', 'COUNT', ${BATCH}, 'STREAMS', ARGV[i], ARGV[i + 1])
  if read then found[#found + 1] = read[1] end
end
return found
`;

const repliesSchema = z.array(z.tuple([z.string(), z.array(z.tuple([z.string(), z.array(z.string())]))])).nullable();
type Entries = readonly (readonly [number, readonly FeedEntry[]])[];

/** @param connection of its own, because its reads block */
export function createFeedReader(connection: Redis, keys: RedisKeys): FeedReader {
  const entriesOf = (from: readonly FeedPosition[], replies: unknown): Entries => {
    const found = new Map(repliesSchema.parse(replies));
    return from.flatMap(({ partition }) => {
      const entries = found.get(keys.feed(partition));
      return entries === undefined ? [] : [[partition, entries.map(([id, fields]) => ({ id, fields }))] as const];
    });
  };

  const readBlocking = async (from: readonly FeedPosition[], blockMs: number): Promise<Entries> => {
    const streams = [...from.map(({ partition }) => keys.feed(partition)), ...from.map(({ cursor }) => cursor)];
    return entriesOf(from, await connection.xread('COUNT', BATCH, 'BLOCK', blockMs, 'STREAMS', ...streams));
  };

  const slots = Array.from({ length: PARTITIONS }, (_, partition) => slotOf(keys.feed(partition)));
  const byServer = (from: readonly FeedPosition[]) => {
    const servers = new Map<ServerConnection | undefined, FeedPosition[]>();
    for (const position of from) {
      const slot = slots[position.partition] ?? 0;
      const server = isCluster(connection) ? primaryOfSlot(connection, slot) : connection;
      servers.set(server, [...(servers.get(server) ?? []), position]);
    }
    return servers;
  };

  const readServer = async (server: ServerConnection | undefined, from: readonly FeedPosition[]): Promise<Entries> => {
    try {
      if (server === undefined) throw new Error('no server is known for the partition');
      const args = from.flatMap(({ partition, cursor }) => [keys.feed(partition), cursor]);
      return entriesOf(from, await server.eval(READ_SERVER, 0, ...args));
    } catch {
      // A partition has moved to another server, which only a command with its key finds.
      const reads = from.map(async (position) => {
        const { partition, cursor } = position;
        return entriesOf([position], await connection.xread('COUNT', BATCH, 'STREAMS', keys.feed(partition), cursor));
      });
      return (await Promise.all(reads)).flat();
    }
  };

  let isClosed = false;
  let stopWaiting = () => {};
  /** A script cannot wait for an event. */
  const poll = async (from: readonly FeedPosition[], blockMs: number): Promise<Entries> => {
    const until = performance.now() + blockMs;
    for (;;) {
      if (isClosed) throw new Error('The feed reader is closed.');
      const reads = await Promise.allSettled(
        [...byServer(from)].map(([server, positions]) => readServer(server, positions)),
      );
      const found = reads.flatMap((read) => (read.status === 'fulfilled' ? read.value : []));
      if (found.length > 0) return found; // of the servers that answer
      const failed = reads.find((read) => read.status === 'rejected');
      if (failed !== undefined) throw failed.reason;
      if (performance.now() >= until) return [];
      await pause(POLL_MS);
    }
  };

  const read = isCluster(connection) ? poll : readBlocking;
  return {
    read: (from, blockMs) =>
      new Promise((resolve, reject) => {
        stopWaiting = () => reject(new Error('The feed reader is closed.'));
        read(from, blockMs).then((entries) => resolve(new Map(entries)), reject);
      }),
    close() {
      isClosed = true;
      connection.disconnect();
      stopWaiting(); // ioredis never settles a command that was waiting for a reconnect when it was disconnected
    },
  };
}
