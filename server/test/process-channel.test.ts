import { randomUUID } from 'node:crypto';
import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import { silentLog } from '@firstword/testing/silent-log';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openProcessChannel } from '../src/lib/process-channel.ts';
import { connectRedis, type Redis } from '../src/lib/redis.ts';

let redis: RedisServer;
let publisher: Redis;
const subscribers: Redis[] = [];
const open = async (onText: (text: string) => void) => {
  const subscriber = await connectRedis(redis.url, 'waiting', silentLog);
  subscribers.push(subscriber);
  return { ...(await openProcessChannel({ publisher, subscriber, prefix: 'test', onText })), subscriber };
};

beforeAll(async () => {
  redis = await startRedisServer();
  publisher = await connectRedis(redis.url, 'commands', silentLog);
});
afterAll(async () => {
  for (const connection of [publisher, ...subscribers]) connection.disconnect();
  await redis.stop();
});

test('a text reaches the process that it names, and no other', async () => {
  const texts: string[] = [];
  const others: string[] = [];
  const one = await open((text) => void others.push(text));
  const other = await open((text) => void texts.push(text));
  expect(await one.send(other.self, 'first')).toBe(true);
  expect(await one.send(other.self, 'second')).toBe(true);
  await expect.poll(() => texts).toEqual(['first', 'second']);
  expect(others).toEqual([]);
});

test('a process that is gone is noticed, also by its sender', async () => {
  const [one, other] = [await open(() => {}), await open(() => {})];
  expect(await one.isOpen(other.self)).toBe(true);
  other.subscriber.disconnect();
  await expect.poll(() => one.isOpen(other.self)).toBe(false);
  expect(await one.send(other.self, 'too late')).toBe(false);
  expect(await one.send(randomUUID(), 'to an unknown process')).toBe(false);
});
