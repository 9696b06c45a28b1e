import { randomUUID } from 'node:crypto';
import { startRedisServer } from '@firstword/testing/redis-server';
import { silentLog } from '@firstword/testing/silent-log';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { type Feed, startFeed } from '../src/feed/feed.ts';
import { createFeedConsumer } from '../src/feed/feed-consumer.ts';
import { createRedisKeys, type RedisKeys } from '../src/store/keys.ts';
import { joinProcesses, type ProcessRegistry } from '../src/store/process-registry.ts';

const GROUP = 'archive';
const server = await startRedisServer();
const redis = await server.connect();
let keys: RedisKeys;
let feeds: Feed[];
let processes: ProcessRegistry[];
beforeEach(() => {
  keys = createRedisKeys(`test-${randomUUID()}`);
  [feeds, processes] = [[], []];
});
afterEach(async () => {
  await Promise.all(feeds.map((feed) => feed.close()));
  await Promise.all(processes.map((each) => each.leave()));
});
afterAll(() => server.stop());

async function join(features?: readonly string[]): Promise<ProcessRegistry> {
  const joined = await joinProcesses(redis, keys, {
    groups: [GROUP],
    log: silentLog,
    ...(features === undefined ? {} : { features }),
  });
  processes.push(joined);
  return joined;
}

async function consume(processId?: string): Promise<Feed> {
  const consumer = createFeedConsumer({ group: GROUP, types: ['message'], async handle() {}, isOutage: () => false });
  const feed = await startFeed({
    redis,
    openReader: () => server.connect(),
    keys,
    consumers: [consumer],
    onSetAside: () => {},
    log: silentLog,
    ...(processId === undefined ? {} : { processId }),
  });
  feeds.push(feed);
  await expect.poll(() => redis.hlen(keys.feedMembers(GROUP))).toBe(feeds.length);
  return feed;
}

test('a feature is understood once every process that runs understands it', async () => {
  const own = await join();
  expect(await own.allUnderstand('cold-conversations')).toBe(true);
  const [earlier, later] = [await join([]), await join(['cold-conversations', 'something-newer'])];
  expect(await own.allUnderstand('cold-conversations')).toBe(false);
  expect(await later.allUnderstand('cold-conversations')).toBe(false);
  await earlier.leave();
  expect(await own.allUnderstand('cold-conversations')).toBe(true);
});

test('a consumer of the feed that has not registered is of an earlier version', async () => {
  const own = await join();
  await consume(own.processId);
  expect(await own.allUnderstand('cold-conversations')).toBe(true);
  const ofEarlierVersion = await consume();
  expect(await own.allUnderstand('cold-conversations')).toBe(false);
  await ofEarlierVersion.close();
  feeds.pop();
  expect(await own.allUnderstand('cold-conversations')).toBe(true);
});

test('a process that died is forgotten when its entry ends', async () => {
  const own = await join();
  await redis.hset(keys.processes(), 'of an earlier version', '1|');
  expect(await own.allUnderstand('cold-conversations')).toBe(true);
  await join();
  expect(await redis.hexists(keys.processes(), 'of an earlier version')).toBe(0);
});
