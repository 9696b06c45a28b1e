import { startTestServer, type TestServer } from '@firstword/testing/test-server';
import { connectWidget, type WidgetClient } from '@firstword/testing/widget-client';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createRedisKeys } from '../src/store/keys.ts';
import { createReadMarks } from '../src/store/read-marks.ts';

let server: TestServer;
const clients: WidgetClient[] = [];
const connect = async (auth?: unknown) => {
  const client = await connectWidget(server.port, auth);
  clients.push(client);
  return client;
};
/** Collects the read marks that the client receives. */
function marks({ socket }: WidgetClient): number[] {
  const received: number[] = [];
  socket.on('read', ({ seq }) => received.push(seq));
  return received;
}

beforeAll(async () => {
  server = await startTestServer();
});
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});
afterAll(() => server.stop());

test('a read mark of one window reaches the others, open or opened later', async () => {
  const first = await connect();
  expect(first.start.readSeq).toBe(0);
  const { session } = first.start;
  const second = await connect({ site: 'acme', session });
  const received = marks(second);
  const ack = await first.send('How long may I return an item?');
  if (!ack.ok) throw new Error(ack.message);
  await first.received(({ type }) => type === 'turn-end');
  expect(await first.ask('read', { seq: 2 })).toEqual({ ok: true });
  await expect.poll(() => received).toEqual([2]);
  expect((await connect({ site: 'acme', session })).start.readSeq).toBe(2);
});

test('an agent’s mark counts only while they have the conversation, and is in the start of each window', async () => {
  const client = await connect();
  await client.send('How long may I return an item?');
  await client.received(({ type }) => type === 'turn-end');
  const { conversationId, session } = client.start;
  const redis = await server.redis.connect();
  const keys = createRedisKeys('test');
  const readMarks = createReadMarks(redis, keys);
  const again = async () => (await connect({ site: 'acme', session })).start;
  expect(await readMarks.moveAgents(conversationId, 1)).toBeUndefined();
  expect(await again()).not.toHaveProperty('seenSeq');
  await redis.hset(keys.head(conversationId), 'responder', 'agent');
  expect(await readMarks.moveAgents(conversationId, 9)).toBe(2);
  expect(await readMarks.moveAgents(conversationId, 1)).toBeUndefined();
  expect(await again()).toMatchObject({ seenSeq: 2 });
});

test('it is stored when the visitor read an agent’s message, and not when they read on', async () => {
  const client = await connect();
  await client.send('How long may I return an item?');
  await client.received(({ type }) => type === 'turn-end');
  const { conversationId } = client.start;
  const redis = await server.redis.connect();
  const keys = createRedisKeys('test');
  const readMarks = createReadMarks(redis, keys);
  const add = async (seq: number, from: 'agent' | 'visitor') => {
    await redis.xadd(keys.log(conversationId), `${seq}-0`, 'm', JSON.stringify({ seq, from, text: '"from":"agent"' }));
    await redis.hset(keys.head(conversationId), 'seq', seq);
  };
  await client.ask('read', { seq: 2 });
  expect(await readMarks.all(conversationId)).toEqual({ readSeq: 2, agentReadSeq: 0 });
  await add(3, 'agent');
  await client.ask('read', { seq: 3 });
  const { seenAt } = await readMarks.all(conversationId);
  expect(seenAt).toBeGreaterThan(Date.UTC(2020));
  await add(4, 'visitor');
  await client.ask('read', { seq: 4 });
  expect(await readMarks.all(conversationId)).toEqual({ readSeq: 4, seenAt, agentReadSeq: 0 });
});

test('the mark never moves back, nor past the last message', async () => {
  const client = await connect();
  const received = marks(client);
  await client.send('How long may I return an item?');
  await client.received(({ type }) => type === 'turn-end');
  await client.ask('read', { seq: 1_000_000 });
  await client.ask('read', { seq: 1 });
  expect(await client.ask('read', { seq: -1 })).toMatchObject({ ok: false, code: 'bad-message' });
  await expect.poll(() => received).toEqual([2]);
  expect((await connect({ site: 'acme', session: client.start.session })).start.readSeq).toBe(2);
});
