/** What is sent to an endpoint that caches prompts when a visitor returns to a conversation. */
import { randomUUID } from 'node:crypto';
import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import { startTestServer, type TestServer } from '@firstword/testing/test-server';
import { connectWidget } from '@firstword/testing/widget-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { defaultConfig } from '../src/config/config.ts';
import { type ConversationStore, createConversationStore } from '../src/store/conversation-store.ts';
import { createRedisKeys } from '../src/store/keys.ts';

let redis: RedisServer;
let server: TestServer;
let store: ConversationStore;

const MIN_TOKENS = 400;
const LONG = 'My oak shelf arrived with a deep scratch on its left side. '.repeat(30);
const DAY_MS = 86_400_000;

beforeAll(async () => {
  redis = await startRedisServer();
  const keys = createRedisKeys('test');
  store = createConversationStore(await redis.connect(), keys, { leaseMs: 5000, keepDeltasSeconds: 60 });
  const models = new Map(defaultConfig().models);
  const fast = models.get('deepseek-v4-flash');
  if (fast === undefined) throw new Error('the catalog has no deepseek-v4-flash');
  models.set(fast.id, { ...fast, profile: { ...fast.profile, promptCacheMinTokens: MIN_TOKENS } });
  server = await startTestServer({ redis, models });
});
afterAll(async () => {
  await server.stop();
  await redis.stop();
});

/** A conversation with one earlier message of the visitor; returns how to come back to it. */
async function talked(text: string, at: number) {
  const { start, close } = await connectWidget(server.port);
  close();
  const { conversationId } = start;
  const sent = { conversationId, siteId: 'acme', visitorId: 'v', id: randomUUID(), text, at, turnId: randomUUID() };
  await store.append(sent);
  await store.endTurn(conversationId, sent.turnId, { state: 'stopped' });
  return async () => {
    const client = await connectWidget(server.port, { site: 'acme', session: start.session });
    return client.close;
  };
}

const warmUps = () => server.endpoint.requests.filter(({ body }) => body.max_tokens === 1);

test('a long conversation is sent once, however often the visitor returns, and recorded', async () => {
  const comeBack = await talked(LONG, Date.now() - DAY_MS);
  (await comeBack())();
  await expect.poll(() => warmUps().length).toBe(1);
  expect(warmUps()[0]?.body.model).toBe('deepseek-v4-flash');
  expect(warmUps()[0]?.body.messages.map(({ role }) => role)).toEqual(['system', 'user']);
  expect(JSON.stringify(warmUps()[0]?.body.messages)).toContain('oak shelf');
  const metrics = async () => (await fetch(`http://127.0.0.1:${server.port}/metrics`)).text();
  await expect.poll(metrics).toMatch(/firstword_model_calls_total\{[^}]*purpose="warm-up"[^}]*\} 1/);
  (await comeBack())();
  const client = await connectWidget(server.port);
  await client.send('How long may I return it?');
  await client.received(({ type }) => type === 'turn-end');
  client.close();
  expect(warmUps()).toHaveLength(1);
});

test('a short conversation, and one that the endpoint still holds, are not sent', async () => {
  const before = warmUps().length;
  (await (await talked('Where is my parcel?', Date.now() - DAY_MS))())();
  (await (await talked(LONG, Date.now()))())();
  const client = await connectWidget(server.port);
  await client.send('How long may I return it?');
  await client.received(({ type }) => type === 'turn-end');
  client.close();
  expect(warmUps()).toHaveLength(before);
});
