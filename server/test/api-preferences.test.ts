import { type ConsoleServer, startConsoleServer } from '@firstword/testing/console-server';
import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEFAULT_PREFERENCES } from '../src/records/preference-store.ts';

let redis: RedisServer;
let server: ConsoleServer;
beforeAll(async () => {
  redis = await startRedisServer();
  server = await startConsoleServer(redis);
});
afterAll(async () => {
  await server.close();
  await redis.stop();
});

test('every role reads and changes its own preferences, and a bad value is named', async () => {
  const [agent, billing] = [await server.signIn(), await server.signIn('billing@shop.example', 'billing')];
  const changed = { notifications: { ...DEFAULT_PREFERENCES.notifications, sound: false } };
  expect((await billing.request('POST', '/preferences', changed)).body).toEqual(changed);
  expect((await billing.request('GET', '/preferences')).body).toEqual(changed);
  expect((await agent.request('GET', '/preferences')).body).toEqual(DEFAULT_PREFERENCES);
  for (const sound of ['loud', null, 1]) {
    const { status, body } = await agent.request('POST', '/preferences', { notifications: { sound } });
    expect([status, body['code']]).toEqual([400, 'bad-request']);
    expect(body['message']).toContain('notifications.sound');
  }
  expect((await agent.request('POST', '/preferences', { agentId: 'x', ...changed })).status).toBe(400);
});
