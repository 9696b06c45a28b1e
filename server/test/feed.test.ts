import { randomUUID } from 'node:crypto';
import { createLatch, type Latch } from '@firstword/testing/latch';
import { startRedisServer } from '@firstword/testing/redis-server';
import { silentLog } from '@firstword/testing/silent-log';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { type Feed, startFeed } from '../src/feed/feed.ts';
import { createFeedConsumer, type FeedConsumer } from '../src/feed/feed-consumer.ts';
import { createFeedStatus } from '../src/feed/feed-status.ts';
import { createSetAsideEvents } from '../src/feed/set-aside-events.ts';
import { connectRedis } from '../src/lib/redis.ts';
import { createConversationStore } from '../src/store/conversation-store.ts';
import { createRedisKeys, type RedisKeys } from '../src/store/keys.ts';
import { PARTITIONS } from '../src/store/partition.ts';

const server = await startRedisServer();
const redis = await server.connect();
let keys: RedisKeys;
let feeds: Feed[] = [];
let conversationId: string;
let hold: Latch;
beforeEach(() => {
  keys = createRedisKeys(`test-${randomUUID()}`);
  conversationId = randomUUID();
  hold = createLatch();
});
afterEach(async () => {
  hold.open();
  await Promise.all(feeds.map((feed) => feed.close()));
  feeds = [];
});
afterAll(() => server.stop());

async function start(consumers: readonly FeedConsumer[], more: { onSetAside?: (group: string) => void } = {}) {
  const feed = await startFeed({
    redis,
    openReader: () => connectRedis(server.url, 'waiting', silentLog),
    keys,
    consumers,
    onSetAside: () => {},
    log: silentLog,
    leaseMs: 600,
    ...more,
  });
  feeds.push(feed);
  return feed;
}

const say = (text: string, id = conversationId) =>
  createConversationStore(redis, keys, { leaseMs: 60_000, keepDeltasSeconds: 600 }).say(
    id,
    { id: randomUUID(), from: 'visitor', text, at: 1 },
    { siteId: 'acme', visitorId: 'v' },
  );

/** A consumer that keeps what it has handled; `act` may throw. */
function recorder(act: (text: string) => unknown = () => {}, group = 'test') {
  const handled: { conversationId: string; text: string }[] = [];
  const batches: number[] = [];
  const consumer = createFeedConsumer({
    group,
    types: ['message'],
    async handle(events) {
      batches.push(events.length);
      for (const { message } of events) await act(message.text);
      handled.push(...events.map((event) => ({ conversationId: event.conversationId, text: event.message.text })));
    },
    isOutage: (error) => String(error).includes('away'),
  });
  const texts = (id = conversationId) => handled.filter((of) => of.conversationId === id).map(({ text }) => text);
  return { consumer, texts, batches };
}
const status = () => createFeedStatus(redis, keys);
const setAside = (consumers: readonly FeedConsumer[] = []) => createSetAsideEvents(redis, keys, consumers);
const lengths = async () =>
  (await Promise.all(Array.from({ length: PARTITIONS }, (_, partition) => redis.xlen(keys.feed(partition))))).reduce(
    (sum, length) => sum + length,
  );
const numbered = (count: number) => Array.from({ length: count }, (_, n) => `message ${n}`);

test('the events of each conversation arrive in order, written before the start or after it', async () => {
  const conversations = Array.from({ length: 20 }, () => randomUUID());
  const { consumer, texts } = recorder();
  const write = (from: number) =>
    Promise.all(
      conversations.map(async (id) => {
        for (const text of numbered(20).slice(from, from + 10)) await say(text, id);
      }),
    );
  await write(0);
  await start([consumer]);
  await write(10);
  for (const id of conversations) await expect.poll(() => texts(id)).toEqual(numbered(20));
});

test('an event leaves the feed once every group has handled it, and a group that starts later gets what is left', async () => {
  const [fast, slow] = [recorder(), recorder(() => hold.opened, 'slow')];
  await start([fast.consumer, slow.consumer]);
  for (const text of numbered(3)) await say(text);
  await expect.poll(fast.texts).toEqual(numbered(3));
  expect(await lengths()).toBe(3);
  const late = recorder(() => {}, 'late');
  await start([late.consumer]);
  await expect.poll(late.texts).toEqual(numbered(3));
  const slowStatus = (await status().groups()).find(({ group }) => group === 'slow');
  expect(slowStatus).toMatchObject({ waiting: 3, processes: 1 });
  expect(slowStatus?.lagSeconds).toBeGreaterThan(0);
  hold.open();
  await expect.poll(lengths).toBe(0);
  expect(await status().groups()).toEqual(
    expect.arrayContaining(
      ['test', 'slow', 'late'].map((group) => ({ group, lagSeconds: 0, waiting: 0, processes: 1, setAside: 0 })),
    ),
  );
});

test('events of other types are skipped unread, also those that only a later version knows, and leave the feed', async () => {
  const { consumer, texts } = recorder();
  await start([consumer]);
  await redis.xadd(keys.feedOf(conversationId), '*', 'v', '7', 'type', 'message-translated');
  await say('after it');
  await expect.poll(texts).toEqual(['after it']);
  await expect.poll(lengths).toBe(0);
});

test('an event that fails is tried five times, then set aside, and those behind it are handled', async () => {
  let tries = 0;
  const { consumer, texts } = recorder((text) => {
    if (text !== 'poison') return;
    tries += 1;
    throw new TypeError('cannot store this');
  });
  const announced: string[] = [];
  for (const text of ['one', 'poison', 'two']) await say(text);
  await start([consumer], { onSetAside: (group) => announced.push(group) });
  await expect.poll(texts).toEqual(['one', 'two']);
  // Once together with the others, then alone.
  expect(tries).toBe(1 + 5);
  expect(announced).toEqual(['test']);
  expect(await setAside().list(10)).toMatchObject([
    { group: 'test', tries: 5, reason: 'TypeError: cannot store this', fields: expect.arrayContaining(['message']) },
  ]);
  await expect.poll(status().groups).toEqual([{ group: 'test', lagSeconds: 0, waiting: 0, processes: 1, setAside: 1 }]);
});

test('an event that this version cannot read is set aside at once', async () => {
  const { consumer, texts } = recorder();
  const unread = ['v', '1', 'type', 'message', 'conversationId', conversationId, 'message', '{'];
  await redis.xadd(keys.feedOf(conversationId), '*', ...unread);
  await say('after it');
  await start([consumer]);
  await expect.poll(texts).toEqual(['after it']);
  expect(await setAside().list(10)).toMatchObject([{ tries: 1, reason: expect.stringContaining('unreadable') }]);
});

test('while what a consumer needs is away, nothing is set aside, and other partitions are not held up', async () => {
  const elsewhere = randomUUID();
  let isAway = true;
  let tries = 0;
  const { consumer, texts } = recorder((text) => {
    if (text !== 'waits') return;
    tries += 1;
    if (isAway) throw new Error('the store is away');
  });
  await start([consumer]);
  await say('waits');
  await say('behind it');
  await say('elsewhere', elsewhere);
  await expect.poll(() => tries).toBeGreaterThan(6);
  expect(texts(elsewhere)).toEqual(['elsewhere']);
  isAway = false;
  await expect.poll(texts).toEqual(['waits', 'behind it']);
  expect(await setAside().list(10)).toEqual([]);
});

test('a burst is handled in batches of at most 100', async () => {
  const { consumer, texts, batches } = recorder();
  await Promise.all(numbered(250).map((text) => say(text)));
  await start([consumer]);
  await expect.poll(() => texts().length).toBe(250);
  expect(batches).toEqual([100, 100, 50]);
});

test('closing waits for the events that are being handled, and another process continues behind them', async () => {
  const first = recorder(() => hold.opened);
  const feed = await start([first.consumer]);
  await say('one');
  await expect.poll(() => first.batches.length).toBe(1);
  const closing = feed.close();
  await say('two');
  hold.open();
  await closing;
  expect(first.texts()).toEqual(['one']);
  const second = recorder();
  await start([second.consumer]);
  await expect.poll(second.texts).toEqual(['two']);
});

test('what is set aside is handed to its consumer again on request, or deleted', async () => {
  let fault: Error | undefined = new TypeError('cannot store this');
  const { consumer, texts } = recorder((text) => {
    if (text.startsWith('poison') && fault !== undefined) throw fault;
  });
  await say('poison one');
  await say('poison two');
  await say('after them');
  await start([consumer]);
  await expect.poll(texts).toEqual(['after them']);
  const events = setAside([consumer]);
  const [two, one] = await events.list(10);
  if (one === undefined || two === undefined) throw new Error('two events are set aside');

  fault = new TypeError('still not');
  expect(await events.redeliver(one.id)).toEqual({ kind: 'failed', reason: 'TypeError: still not' });
  expect(await events.list(1)).toMatchObject([{ id: one.id, tries: 6, reason: 'TypeError: still not' }]);
  fault = new Error('the store is away');
  expect(await events.redeliver(one.id)).toEqual({ kind: 'away' });
  expect(await events.list(1)).toMatchObject([{ id: one.id, tries: 6 }]);
  expect(await setAside().redeliver(one.id)).toEqual({ kind: 'no-consumer', group: 'test' });

  fault = undefined;
  expect(await events.redeliver(one.id)).toEqual({ kind: 'delivered' });
  expect(texts()).toEqual(['after them', 'poison one']);
  expect(await events.redeliver(one.id)).toEqual({ kind: 'not-found' });
  expect(await events.discard(two.id)).toBe(true);
  expect(await events.discard(two.id)).toBe(false);
  expect(await events.list(10)).toEqual([]);
  for (const id of ['', 'test.1', 'test.64.1-0', 'test.1.x', '../x']) expect(await events.discard(id)).toBe(false);
});
