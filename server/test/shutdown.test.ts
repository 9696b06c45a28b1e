import { startTestServer, type TestServer } from '@firstword/testing/test-server';
import { connectWidget } from '@firstword/testing/widget-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createConversationStore } from '../src/store/conversation-store.ts';
import { createRedisKeys } from '../src/store/keys.ts';

const TURNS = 40;

let server: TestServer;
let stopped = false;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(async () => {
  if (!stopped) await server.stop();
});

test('a process that shuts down completes the hand-offs of its turns and notifies every visitor', async () => {
  server.endpoint.script({ label: 'complex neutral en refund 0.9', answer: 'Returns are free for 30 days [1].' });
  const release = server.endpoint.holdAfter(7);
  const redis = await server.redis.connect();
  const clients = await Promise.all(Array.from({ length: TURNS }, () => connectWidget(server.port, { site: 'acme' })));
  const acks = await Promise.all(
    clients.map((client) => client.send('Two returns went missing and one refund was paid twice, what now?')),
  );
  // The concurrency limit refuses some.
  const accepted = clients.filter((_, at) => acks[at]?.ok);
  expect(accepted.length).toBeGreaterThan(5);

  const closing = server.close();
  release();
  await closing;

  const store = createConversationStore(redis, createRedisKeys('test'), { leaseMs: 60_000, keepDeltasSeconds: 600 });
  const senders = await Promise.all(
    accepted.map(async ({ start }) =>
      (await store.snapshot(start.conversationId, 20)).messages.map(({ from }) => from),
    ),
  );
  for (const client of clients) client.close();
  stopped = true;
  await Promise.all([server.endpoint.stop(), server.redis.stop()]);
  expect(senders).toEqual(accepted.map(() => ['visitor', 'assistant', 'system']));
});
