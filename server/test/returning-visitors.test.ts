import { openRecords, type Records } from '@firstword/server/records/records';
import { RecordsError } from '@firstword/server/records/records-error';
import { startRedisServer } from '@firstword/testing/redis-server';
import { silentLog } from '@firstword/testing/silent-log';
import { createTestDatabase } from '@firstword/testing/test-database';
import { startInstance, startTestServer, type TestServer, type WebInstance } from '@firstword/testing/test-server';
import { ConnectRefusedError, connectWidget, type WidgetClient } from '@firstword/testing/widget-client';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Redis } from '../src/lib/redis.ts';
import { createRedisKeys } from '../src/store/keys.ts';

const keys = createRedisKeys('test');
let records: Records;
let redis: Redis;
let server: TestServer;
/** Another process of the same installation. */
let second: WebInstance;
let isAway = false;
const clients: WidgetClient[] = [];
const closing: (() => Promise<void>)[] = [];
beforeAll(async () => {
  const [database, redisServer] = await Promise.all([createTestDatabase(), startRedisServer()]);
  closing.push(database.drop, redisServer.stop);
  redis = await redisServer.connect();
  records = await openRecords({ url: database.url, localeOf: () => 'en', log: silentLog });
  closing.push(records.close);
  const archive: Records['archive'] = {
    ...records.archive,
    readTail(...asked) {
      if (isAway) throw new RecordsError('unavailable', 'The database did not answer.');
      return records.archive.readTail(...asked);
    },
  };
  // Each quiet conversation leaves with the next step of the walk.
  const settings = { records: { ...records, archive }, hotMs: 1 };
  server = await startTestServer({ redis: redisServer, ...settings });
  closing.push(server.stop);
  second = await startInstance(redisServer.url, server.endpoint, { ...settings, redisPrefix: 'test' });
  closing.push(second.stop);
});
afterEach(() => {
  isAway = false;
  for (const client of clients.splice(0)) client.close();
});
afterAll(async () => {
  for (const close of closing.toReversed()) await close();
});

const connect = async (port: number, auth: object = { site: 'acme' }) => {
  const client = await connectWidget(port, auth);
  clients.push(client);
  return client;
};
async function ask(visitor: WidgetClient, text: string, id?: string) {
  const ack = await visitor.send(text, id);
  await visitor.received((event) => event.type === 'turn-end' && ack.ok && event.turnId === ack.turnId);
  return ack;
}
const cold = (id: string) => expect.poll(async () => await redis.hexists(keys.head(id), 'cold')).toBe(1);

test('a visitor who returns finds the conversation and goes on, on any process', async () => {
  const first = await connect(server.port);
  const { conversationId, session } = first.start;
  await ask(first, 'How long do I have to return an item?');
  const { messages } = (await connect(server.port, { site: 'acme', session })).start;
  expect(messages).toHaveLength(2);
  await cold(conversationId);

  const again = await connect(second.port, { site: 'acme', session });
  expect(again.start).toMatchObject({ conversationId, messages, lastSeq: 2 });
  expect(await ask(again, 'And for large items?')).toMatchObject({ ok: true, seq: 3, conversationId });
  const page = await again.ask<{ messages: object[] }>('history-read', { beforeSeq: 3, limit: 50 });
  expect(page).toMatchObject({ ok: true, messages });
});

test('a page that stayed open sends, rates and replays as before', async () => {
  const visitor = await connect(server.port);
  const { conversationId } = visitor.start;
  await ask(visitor, 'How long does delivery take?');
  const answer = visitor.messages.at(-1);
  await cold(conversationId);
  expect(await visitor.ask('replay', { afterSeq: 0 })).toMatchObject({ ok: true, messages: [{ seq: 1 }, { seq: 2 }] });
  await cold(conversationId);
  expect(await visitor.ask('rating-set', { messageId: answer?.id, value: 'up' })).toMatchObject({ ok: true });
  await cold(conversationId);
  expect(await visitor.ask('person-request', {})).toMatchObject({ ok: true });
  expect(await visitor.send('Hello?')).toMatchObject({ ok: true, seq: 4 });
});

test('while the database is away, the visitor is refused and asked to retry, and nothing starts over', async () => {
  const visitor = await connect(server.port);
  const { conversationId, session } = visitor.start;
  await ask(visitor, 'How long does delivery take?');
  await cold(conversationId);
  isAway = true;
  const refused = await connect(second.port, { site: 'acme', session }).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(ConnectRefusedError);
  expect(refused).toMatchObject({ refusal: { code: 'unavailable', retryAfterMs: expect.any(Number) } });
  const id = crypto.randomUUID();
  expect(await visitor.send('And for large items?', id)).toMatchObject({
    ...{ ok: false, code: 'unavailable', retryAfterMs: expect.any(Number) },
  });
  // Others chat on.
  await ask(await connect(second.port), 'How long does delivery take?');
  isAway = false;
  expect(await ask(visitor, 'And for large items?', id)).toMatchObject({ ok: true, seq: 3 });
  expect((await connect(second.port, { site: 'acme', session })).start.lastSeq).toBe(4);
});
