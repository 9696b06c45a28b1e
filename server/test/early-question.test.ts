import { randomUUID } from 'node:crypto';
import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import { silentLog } from '@firstword/testing/silent-log';
import { recordsBeside } from '@firstword/testing/test-records';
import { startTestServer, type TestServer } from '@firstword/testing/test-server';
import { connectWidget, type WidgetClient } from '@firstword/testing/widget-client';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { connectRedis, type Redis } from '../src/lib/redis.ts';
import { type ConversationStore, createConversationStore } from '../src/store/conversation-store.ts';
import { createRedisKeys } from '../src/store/keys.ts';

let redis: RedisServer;
let server: TestServer;
let direct: Redis;
/** The same conversations as another process sees them. */
let elsewhere: ConversationStore;
const clients: WidgetClient[] = [];

const connect = async () => {
  const client = await connectWidget(server.port);
  clients.push(client);
  return client;
};
/** The conversations in the requests to the endpoint, in order. */
const asked = (text: string) =>
  server.endpoint.requests
    .filter(({ body }) => body.model === 'deepseek-v4-flash' && body.messages.at(-1)?.content.includes(text))
    .map(({ body }) => body.messages.map(({ content }) => content));
const rows = async () => {
  const calls = await recordsBeside(redis.url).usage.lastCalls(100);
  return calls.map((row) => JSON.stringify(row));
};

beforeAll(async () => {
  redis = await startRedisServer();
  direct = await connectRedis(redis.url, 'commands', silentLog);
  elsewhere = createConversationStore(direct, createRedisKeys('test'), { leaseMs: 5000, keepDeltasSeconds: 60 });
  server = await startTestServer({ redis });
});
afterEach(() => {
  redis.signal('SIGCONT');
  for (const client of clients.splice(0)) client.close();
});
afterAll(async () => {
  await server.stop();
  direct.disconnect();
  await redis.stop();
});

test('the models receive a question while Redis still stores it, and its answer is shown only afterwards', async () => {
  const client = await connect();
  redis.signal('SIGSTOP');
  const sending = client.send('How long is the queue?');
  await expect.poll(() => asked('How long is the queue?')).toHaveLength(1);
  expect([client.events, client.messages]).toEqual([[], []]);
  redis.signal('SIGCONT');
  expect(await sending).toMatchObject({ ok: true, seq: 1 });
  await client.received(({ type }) => type === 'turn-end');
  expect(asked('How long is the queue?')).toHaveLength(1);
  expect(client.messages.map(({ from }) => from)).toEqual(['visitor', 'assistant']);
});

test('after an outage of Redis, questions are asked early again', async () => {
  const client = await connect();
  redis.signal('SIGSTOP');
  expect(await client.send('Is the lake open?')).toMatchObject({ ok: false, code: 'unavailable' });
  redis.signal('SIGCONT');
  const back = await client.send('Is the pool open?');
  await client.received((event) => event.type === 'turn-end' && back.ok && event.turnId === back.turnId);
  redis.signal('SIGSTOP');
  const sending = client.send('Is the sauna open?');
  await expect.poll(() => asked('Is the sauna open?')).toHaveLength(1);
  redis.signal('SIGCONT');
  expect(await sending).toMatchObject({ ok: true });
});

test('the second question is sent once, with the whole history', async () => {
  const client = await connect();
  await client.send('Is there a garden?');
  await client.received(({ type }) => type === 'turn-end');
  const answer = client.messages.at(-1);
  const second = await client.send('And a pond?');
  await client.received((event) => event.type === 'turn-end' && second.ok && event.turnId === second.turnId);
  expect(asked('And a pond?')).toHaveLength(1);
  expect(asked('And a pond?')[0]).toEqual(expect.arrayContaining(['Is there a garden?', answer?.text]));
});

test('a question overtaken by another message is asked again together with it, and the first call is recorded', async () => {
  const client = await connect();
  const words = { id: randomUUID(), from: 'system' as const, text: 'The shop has closed early.', at: Date.now() };
  await elsewhere.say(client.start.conversationId, words, { siteId: 'acme', visitorId: 'v' });
  const ack = await client.send('When do you open again?');
  expect(ack).toMatchObject({ ok: true, seq: 2 });
  expect(await client.received(({ type }) => type === 'turn-end')).toMatchObject({ state: 'done', seq: 3 });
  expect(asked('When do you open again?')).toHaveLength(2);
  await expect.poll(async () => (await rows()).filter((row) => row.includes('asked-early'))).not.toEqual([]);
  const next = await client.send('And on Sundays?');
  await client.received((event) => event.type === 'turn-end' && next.ok && event.turnId === next.turnId);
  expect(asked('And on Sundays?')).toHaveLength(1);
});

test('a message that is sent again is not asked again', async () => {
  const client = await connect();
  const id = randomUUID();
  const first = await client.send('Do you sell boats?', id);
  expect(await client.send('Do you sell boats?', id)).toEqual(first);
  await client.received(({ type }) => type === 'turn-end');
  expect(asked('Do you sell boats?')).toHaveLength(1);
});
