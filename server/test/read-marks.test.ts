import { startTestServer, type TestServer } from '@firstword/testing/test-server';
import { connectWidget, type WidgetClient } from '@firstword/testing/widget-client';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

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
