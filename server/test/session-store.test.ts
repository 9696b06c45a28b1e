import { createHash } from 'node:crypto';
import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTokenHash } from '../src/lib/tokens.ts';
import { createRedisKeys } from '../src/store/keys.ts';
import { createSessionStore } from '../src/store/session-store.ts';

let server: RedisServer;
beforeAll(async () => {
  server = await startRedisServer();
});
afterAll(() => server.stop());

test('a session opens only with its token: not with another secret, at another site, or with data from Redis', async () => {
  const redis = await server.connect();
  const keys = createRedisKeys('test');
  const store = createSessionStore(redis, keys, createTokenHash('one secret'), 60);
  const { token, session } = await store.open('acme');
  expect(await store.resume(token, 'acme')).toEqual(session);
  expect(await store.resume(token, 'other')).toBeUndefined();

  const stranger = createSessionStore(redis, keys, createTokenHash('another secret'), 60);
  expect(await stranger.resume(token, 'acme')).toBeUndefined();

  const stored = await redis.keys('*');
  expect(stored.join()).not.toContain(token);
  // An attacker who can write to Redis, but has no secret, stores a session under the plain hash of their own token.
  const forged = 'a token of his own';
  const plain = createHash('sha256').update(forged).digest('base64url');
  await redis.set(keys.session(plain), JSON.stringify(session));
  expect(await store.resume(forged, 'acme')).toBeUndefined();
});
