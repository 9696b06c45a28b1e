import { createHash } from 'node:crypto';
import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTokenHash } from '../src/lib/tokens.ts';
import { createRedisKeys } from '../src/store/keys.ts';
import { createSessionStore } from '../src/store/session-store.ts';

const LIFETIMES = { idleSeconds: 60, absoluteSeconds: 600 };
let server: RedisServer;
beforeAll(async () => {
  server = await startRedisServer();
});
afterAll(() => server.stop());

test('a session opens only with its token: not with another secret, at another site, or with data from Redis', async () => {
  const redis = await server.connect();
  const keys = createRedisKeys('test');
  const store = createSessionStore(redis, keys, createTokenHash('one secret'), LIFETIMES);
  const { token, session } = await store.open('acme');
  expect(await store.resume(token, 'acme')).toEqual(session);
  expect(await store.resume(token, 'other')).toBeUndefined();

  const stranger = createSessionStore(redis, keys, createTokenHash('another secret'), LIFETIMES);
  expect(await stranger.resume(token, 'acme')).toBeUndefined();

  const stored = await redis.keys('*');
  expect(stored.join()).not.toContain(token);
  // An attacker who can write to Redis, but has no secret, stores a session under the plain hash of their own token.
  const forged = 'a token of his own';
  const plain = createHash('sha256').update(forged).digest('base64url');
  await redis.set(keys.session(plain), JSON.stringify(session));
  expect(await store.resume(forged, 'acme')).toBeUndefined();
});

test('a session ends some time after it was opened, however often it is used', async () => {
  const redis = await server.connect();
  let now = Date.now();
  const store = createSessionStore(redis, createRedisKeys('ages'), createTokenHash('one secret'), LIFETIMES, () => now);
  const opened = [await store.open('acme'), await store.openFor('acme', { subject: 'anna' })];
  for (const minutes of [0, 5, 10]) {
    now = opened.reduce((first, { session }) => Math.min(first, session.startedAt), now) + minutes * 60_000;
    for (const { token } of opened) expect(await store.resume(token, 'acme')).toBeDefined();
  }
  now += 1000;
  for (const { token } of opened) expect(await store.resume(token, 'acme')).toBeUndefined();
  expect(await store.list('acme', opened[0]?.session.visitorId ?? '')).toEqual([]);
});

test('a visitor’s sessions are listed, and one that was ended is gone', async () => {
  const redis = await server.connect();
  const store = createSessionStore(redis, createRedisKeys('list'), createTokenHash('one secret'), LIFETIMES);
  const laptop = await store.openFor('acme', { subject: 'anna' });
  const phone = await store.openFor('acme', { subject: 'anna' });
  await store.openFor('acme', { subject: 'bert' });
  const { visitorId } = laptop.session;
  expect(phone.session.visitorId).toBe(visitorId);
  expect((await store.list('acme', visitorId)).map(({ id }) => id).sort()).toEqual(
    [laptop.session.id, phone.session.id].sort(),
  );
  await store.end(laptop.session);
  expect((await store.list('acme', visitorId)).map(({ id }) => id)).toEqual([phone.session.id]);
  expect(await store.resume(laptop.token, 'acme')).toBeUndefined();
  expect(await store.resume(phone.token, 'acme')).toMatchObject({ visitorId });
});

test('what the site says of a visitor is found with each of their sessions', async () => {
  const redis = await server.connect();
  const store = createSessionStore(redis, createRedisKeys('profile'), createTokenHash('one secret'), LIFETIMES);
  const laptop = await store.openFor('acme', { subject: 'anna', name: 'Anna' });
  const profile = { subject: 'anna', name: 'Anna B.', attributes: { plan: 'pro' } };
  await store.openFor('acme', profile);
  expect(await store.resume(laptop.token, 'acme')).toMatchObject({ profile });
});
