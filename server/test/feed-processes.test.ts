import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createLatch, type Latch } from '@firstword/testing/latch';
import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import { silentLog } from '@firstword/testing/silent-log';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Feed, startFeed } from '../src/feed/feed.ts';
import { createFeedConsumer } from '../src/feed/feed-consumer.ts';
import { createSetAsideEvents } from '../src/feed/set-aside-events.ts';
import { connectRedis, type Redis } from '../src/lib/redis.ts';
import { createConversationStore } from '../src/store/conversation-store.ts';
import { createRedisKeys } from '../src/store/keys.ts';
import { PARTITIONS, partitionOf } from '../src/store/partition.ts';

const keys = createRedisKeys('test');
const LEASE_MS = 1500;
const GROUP = 'test';
let server: RedisServer;
let redis: Redis;
let hold: Latch;
let feeds: Feed[];
let children: ChildProcess[];

beforeEach(async () => {
  server = await startRedisServer();
  redis = await server.connect();
  hold = createLatch();
  feeds = [];
  children = [];
});
afterEach(async () => {
  hold.open();
  await Promise.all(feeds.map((feed) => feed.close()));
  await Promise.all(children.map(kill));
  await server.stop();
});

/** A feed with connections of its own, as another process has them. */
async function start(handle: (text: string) => unknown = () => {}) {
  const handled: string[] = [];
  const feed = await startFeed({
    redis: await server.connect(),
    openReader: () => connectRedis(server.url, 'waiting', silentLog),
    keys,
    consumers: [
      createFeedConsumer({
        group: GROUP,
        types: ['message'],
        async handle(events) {
          for (const { message } of events) {
            await handle(message.text);
            handled.push(message.text);
          }
        },
        isOutage: () => false,
      }),
    ],
    onSetAside: () => {},
    log: silentLog,
    leaseMs: LEASE_MS,
  });
  feeds.push(feed);
  return { feed, handled };
}

async function startChild(dieOf = ''): Promise<ChildProcess> {
  const entry = fileURLToPath(new URL('./feed-child.ts', import.meta.url));
  const given = { redisUrl: server.url, prefix: 'test', list: 'handled-by-children', leaseMs: LEASE_MS, dieOf };
  const child = spawn(process.execPath, ['--import', 'tsx', entry, JSON.stringify(given)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  await once(child.stdout, 'data');
  return child;
}
async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}
const handledByChildren = () => redis.lrange('handled-by-children', 0, -1);

const say = (text: string, conversationId: string = randomUUID()) =>
  createConversationStore(redis, keys, { leaseMs: 60_000, keepDeltasSeconds: 600 }).say(
    conversationId,
    { id: randomUUID(), from: 'visitor', text, at: 1 },
    { siteId: 'acme', visitorId: 'v' },
  );
const sorted = (texts: readonly string[]) => texts.toSorted((one, other) => Number(one) - Number(other));
const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => String(from + n));

/** How many partitions each process has, the largest first. */
const shares = async () => {
  const leases = Object.entries(await redis.hgetall(keys.feedLeases(GROUP))).filter(([name]) => name !== 'token');
  const counts = new Map<string, number>();
  for (const [, lease] of leases) {
    const owner = lease.split('|')[0] ?? '';
    counts.set(owner, (counts.get(owner) ?? 0) + 1);
  }
  return [...counts.values()].toSorted((one, other) => other - one);
};

test('a process that joins gets its share of the partitions, and the others get it back when it leaves', async () => {
  const first = await start();
  await expect.poll(shares).toEqual([PARTITIONS]);
  const second = await start();
  await expect.poll(shares).toEqual([32, 32]);
  const third = await start();
  await expect.poll(shares).toEqual([22, 22, 20]);
  await Promise.all(numbers(0, 200).map((text) => say(text)));
  const all = () => sorted([first, second, third].flatMap(({ handled }) => handled));
  await expect.poll(all).toEqual(numbers(0, 200));
  for (const { handled } of [first, second, third]) expect(handled.length).toBeGreaterThan(0);
  await second.feed.close();
  await expect.poll(shares).toEqual([32, 32]);
});

test('each event is handled while processes join and leave, and each conversation stays in order', async () => {
  const seen = new Map<string, number[]>();
  const note = (text: string) => {
    const [conversationId = '', n] = text.split(' ');
    seen.set(conversationId, [...(seen.get(conversationId) ?? []), Number(n)]);
  };
  const conversations = Array.from({ length: 30 }, () => randomUUID());
  const writing = Promise.all(
    conversations.map(async (id) => {
      for (let n = 0; n < 100; n++) await say(`${id} ${n}`, id);
    }),
  );
  await start(note);
  const second = await start(note);
  await expect.poll(shares).toEqual([32, 32]);
  await writing;
  await second.feed.close();
  await start(note);
  const firstDeliveries = () => conversations.map((id) => [...new Set(seen.get(id))]);
  await expect.poll(firstDeliveries).toEqual(conversations.map(() => Array.from({ length: 100 }, (_, n) => n)));
});

test('the partitions of a killed process are taken over, and nothing is lost', async () => {
  const child = await startChild();
  await Promise.all(numbers(0, 100).map((text) => say(text)));
  await expect.poll(async () => (await handledByChildren()).length).toBe(100);
  const survivor = await start();
  await kill(child);
  await Promise.all(numbers(100, 200).map((text) => say(text)));
  const all = async () => sorted([...new Set([...(await handledByChildren()), ...survivor.handled])]);
  await expect.poll(all).toEqual(numbers(0, 200));
  await expect.poll(shares).toEqual([PARTITIONS]);
});

test('an event that kills each process that handles it is set aside after five of them', async () => {
  const conversationId = randomUUID();
  await say('deadly', conversationId);
  // Uncounted: handled with a batch.
  for (let died = 0; died < 1 + 5; died++) {
    const child = await startChild('deadly');
    if (child.signalCode === null) await once(child, 'exit');
  }
  await say('behind it', conversationId);
  const { handled } = await start((text) => expect(text).not.toBe('deadly'));
  await expect.poll(() => handled).toEqual(['behind it']);
  expect(await createSetAsideEvents(redis, keys, []).list(10)).toMatchObject([
    { tries: 5, reason: 'the process ended while it handled the event' },
  ]);
});

test('a process whose lease was taken over stores nothing more', async () => {
  const conversationId = randomUUID();
  const partition = partitionOf(conversationId);
  const first = await start();
  await expect.poll(shares).toEqual([PARTITIONS]);
  await say('one', conversationId);
  await expect.poll(() => first.handled).toEqual(['one']);
  // As a later owner does.
  const token = Number(await redis.hget(keys.feedCursors(partition), `token:${GROUP}`)) + 1;
  await redis.hset(keys.feedCursors(partition), `token:${GROUP}`, token);
  const cursor = await redis.hget(keys.feedCursors(partition), GROUP);
  await say('two', conversationId);
  await expect.poll(() => first.handled.length).toBeGreaterThan(1);
  // It has noticed once it has claimed the partition again; both owners handle the event.
  await expect.poll(() => redis.hget(keys.feedCursors(partition), GROUP)).not.toBe(cursor);
  expect([...new Set(first.handled)]).toEqual(['one', 'two']);
  expect(Number(await redis.hget(keys.feedCursors(partition), `token:${GROUP}`))).toBeGreaterThan(token);
});

test('after a restart of Redis the feed continues where it was', async () => {
  const { handled } = await start();
  await Promise.all(numbers(0, 50).map((text) => say(text)));
  await expect.poll(() => sorted(handled)).toEqual(numbers(0, 50));
  await server.kill();
  await server.start();
  await expect.poll(() => redis.status).toBe('ready');
  await Promise.all(numbers(50, 100).map((text) => say(text)));
  await expect.poll(() => sorted([...new Set(handled)])).toEqual(numbers(0, 100));
});

test('after Redis was emptied the feed starts over', async () => {
  const { handled } = await start();
  await say('before');
  await expect.poll(() => handled).toEqual(['before']);
  await redis.flushall();
  await say('after');
  await expect.poll(() => handled).toEqual(['before', 'after']);
});

test('on a full Redis the feed still empties itself, also after a restart of the process', async () => {
  await redis.config('SET', 'maxmemory-policy', 'noeviction');
  const first = await start(() => hold.opened);
  await Promise.all(numbers(0, 100).map((text) => say(text)));
  await redis.config('SET', 'maxmemory', '1');
  await expect(say('refused')).rejects.toThrow('OOM');
  const second = await start();
  await expect.poll(async () => (await shares()).length).toBe(2);
  hold.open();
  await expect.poll(() => sorted([...new Set([...first.handled, ...second.handled])])).toEqual(numbers(0, 100));
  const lengths = () =>
    Promise.all(numbers(0, PARTITIONS).map((partition) => redis.xlen(keys.feed(Number(partition)))));
  await expect.poll(async () => Math.max(...(await lengths()))).toBe(0);
});
