/** Reads the partitions that this process has leased for one group, and hands what it reads to the group's consumer. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '../lib/log.ts';
import type { FeedConsumer } from './feed-consumer.ts';
import type { FeedCursors } from './feed-cursors.ts';
import type { FeedEntry } from './feed-entry.ts';
import type { FeedReader } from './feed-reader.ts';
import type { LeasedPartition, PartitionLeases } from './partition-leases.ts';
import { createPartitionWork, type PartitionWork } from './partition-work.ts';

export interface GroupConsumer {
  /** Stops reading, waits for the events that are being handled, and releases its partitions. */
  close(): Promise<void>;
}

export interface GroupConsumerParts {
  readonly consumer: FeedConsumer;
  readonly cursors: FeedCursors;
  readonly leases: PartitionLeases;
  /** Closed by `close`. */
  readonly reader: FeedReader;
  readonly leaseMs: number;
  readonly onSetAside: () => void;
  readonly log: Log;
}

interface OwnedPartition {
  readonly lease: LeasedPartition;
  readonly work: PartitionWork;
  /** Its events are being handled. */
  running?: Promise<void> | undefined;
  /** Not read before this time of `performance.now()`. */
  readAfter: number;
}

/** How long a read waits for an event. */
const BLOCK_MS = 1000;
const REST_MS = 50;
const FAULT_MS = 500;

/** Starts at once. */
export function createGroupConsumer(parts: GroupConsumerParts): GroupConsumer {
  const { consumer, cursors, leases, reader, leaseMs, onSetAside, log } = parts;
  const { group, restMs = REST_MS } = consumer;
  const owned = new Map<number, OwnedPartition>();
  /** Still leased, until their events are handled. */
  const leaving = new Map<number, Promise<void>>();
  const closing = new AbortController();
  /** By this process' clock, so that it reads nothing after its lease has expired. */
  let leasedUntil = 0;

  const rest = (ms: number) => pause(ms, undefined, { signal: closing.signal }).catch(() => {});

  const leave = (held: OwnedPartition) => {
    const { partition } = held.lease;
    owned.delete(partition);
    const left = (held.running ?? Promise.resolve())
      .then(() => leases.release([partition]))
      .catch((error: unknown) =>
        log.warn({ group, partition, reason: String(error) }, 'failed to release feed partition'),
      )
      .finally(() => void leaving.delete(partition));
    leaving.set(partition, left);
  };

  const begin = async (lease: LeasedPartition) => {
    const claim = { group, partition: lease.partition, fencingToken: lease.fencingToken };
    const cursor = await cursors.begin(claim);
    if (cursor !== undefined) {
      const isSuspect = lease.wasAbandoned;
      const work = createPartitionWork({ claim, cursor, consumer, cursors, isSuspect, onSetAside, log });
      owned.set(lease.partition, { lease, work, readAfter: 0 });
      return;
    }
    // Redis was emptied, or this claim came late: the next one gets a higher token.
    await cursors.register(group);
    await leases.release([lease.partition]);
  };

  const renew = async () => {
    const askedAt = performance.now();
    const { owned: leased, share } = await leases.renew();
    leasedUntil = askedAt + leaseMs;
    const tokens = new Map(leased.map(({ partition, fencingToken }) => [partition, fencingToken]));
    for (const { lease } of owned.values())
      if (tokens.get(lease.partition) !== lease.fencingToken) owned.delete(lease.partition);
    const claimed = leased.filter(({ partition }) => !owned.has(partition) && !leaving.has(partition));
    await Promise.all(claimed.map(begin));
    for (const held of [...owned.values()].slice(share)) leave(held);
  };

  const run = async (held: OwnedPartition, entries: readonly FeedEntry[]) => {
    const { partition } = held.lease;
    try {
      const outcome = await held.work.handle(entries);
      if (outcome.kind === 'again') held.readAfter = performance.now() + outcome.afterMs;
      if (outcome.kind === 'lost' && owned.get(partition) === held) setImmediate(leave, held);
    } catch (error) {
      log.warn({ group, partition, reason: String(error) }, 'failed to store how far the feed is handled');
      held.readAfter = performance.now() + FAULT_MS;
    } finally {
      held.running = undefined;
    }
  };

  /** A read must not hold up the partitions that are not part of it. */
  const blockMs = (now: number) => {
    const waits = [...owned.values()].map(({ running, readAfter }) =>
      running !== undefined ? restMs : readAfter > now ? readAfter - now : BLOCK_MS,
    );
    return Math.ceil(Math.max(restMs, Math.min(BLOCK_MS, ...waits)));
  };

  const round = async () => {
    const now = performance.now();
    const ready = [...owned.values()].filter(({ running, readAfter }) => running === undefined && readAfter <= now);
    if (ready.length === 0 || now > leasedUntil) return rest(restMs);
    const positions = ready.map(({ lease, work }) => ({ partition: lease.partition, cursor: work.cursor() }));
    const read = await reader.read(positions, blockMs(now));
    // A partition that was left while the read waited may have another owner by now.
    const found = ready.filter((held) => read.has(held.lease.partition) && owned.get(held.lease.partition) === held);
    if (found.length === 0 || performance.now() > leasedUntil) return;
    for (const held of found) held.running = run(held, read.get(held.lease.partition) ?? []);
    await rest(restMs); // what is handled quickly is part of the next read
  };

  const repeat = async (step: () => Promise<void>, what: string, everyMs: number) => {
    let fails = false;
    while (!closing.signal.aborted) {
      try {
        await step();
        fails = false;
        if (everyMs > 0) await rest(everyMs);
      } catch (error) {
        if (!fails && !closing.signal.aborted) log.warn({ group, reason: String(error) }, what);
        fails = true;
        await rest(FAULT_MS);
      }
    }
  };
  const loops = [
    repeat(renew, 'failed to renew feed leases, retrying', leaseMs / 3),
    repeat(round, 'failed to read the feed, retrying', 0),
  ];

  return {
    async close() {
      closing.abort();
      reader.close();
      await Promise.all(loops);
      await Promise.all([...owned.values()].map(({ running }) => running));
      await Promise.all(leaving.values());
      await leases
        .leave()
        .catch((error: unknown) => log.warn({ group, reason: String(error) }, 'failed to release feed partitions'));
    },
  };
}
