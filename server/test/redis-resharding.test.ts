/** Slots of a cluster that move to another server while visitors write. */
import { createHistory } from '@firstword/testing/history-checker';
import { answerOf, type PacedEndpoint, startPacedEndpoint } from '@firstword/testing/paced-endpoint';
import { type RedisCluster, startRedisCluster } from '@firstword/testing/redis-cluster';
import { openSteadyClient, type SteadyClient } from '@firstword/testing/steady-client';
import { startInstance, type WebInstance } from '@firstword/testing/test-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { primaryOf, slotOf } from '../src/lib/redis-connection.ts';
import { createMemoryRecords } from '../src/records/memory-records.ts';
import { createRedisKeys } from '../src/store/keys.ts';

const TOKENS = 30;
const keys = createRedisKeys('test');
const records = createMemoryRecords();
const history = createHistory();
const clients: SteadyClient[] = [];
let cluster: RedisCluster;
let endpoint: PacedEndpoint;
let a: WebInstance;
let b: WebInstance;
const open = (port: number, session?: string) => {
  const client = openSteadyClient(port, { history, ...(session === undefined ? {} : { session }) });
  clients.push(client);
  return client;
};

beforeAll(async () => {
  cluster = await startRedisCluster();
  endpoint = await startPacedEndpoint();
  endpoint.pace({ tokens: TOKENS, everyMs: 10 });
  const start = () => startInstance(cluster.url, endpoint, { records });
  [a, b] = await Promise.all([start(), start()]);
}, 60_000);
afterAll(async () => {
  for (const client of clients) client.close();
  await Promise.all([a.stop(), b.stop()]);
  await Promise.all([endpoint.stop(), cluster.stop()]);
});

test('a slot moves to another server during answers: nothing is lost, and other processes still receive its events', async () => {
  const [sender, other] = [open(a.port), open(b.port)];
  const { conversationId, seq } = await sender.send('How long may I return it?');
  await sender.answered(seq);
  const viewer = open(b.port, sender.session());
  await viewer.ready();
  await other.ready();
  const redis = await cluster.connect();
  const slot = slotOf(keys.head(conversationId));
  const holder = primaryOf(redis, keys.head(conversationId))?.options.port;
  const [target] = cluster.primaries.filter(({ port }) => port !== holder);
  if (target === undefined) throw new Error('The cluster has one server.');

  let sending = true;
  const load = Promise.all(
    [sender, other].map(async (client) => {
      while (sending) {
        const sent = await client.send('And who pays for it?');
        expect(await client.answered(sent.seq)).toMatchObject({ state: 'done', stored: answerOf(TOKENS) });
      }
    }),
  );
  const acksBefore = history.acks();
  await expect.poll(() => history.acks()).toBeGreaterThan(acksBefore + 2);
  expect(await cluster.moveSlot(slot, target)).toBeGreaterThan(5); // its head, log, feed and more
  sending = false;
  await load;

  for (const client of [sender, other]) await client.answered((await client.send('And when?')).seq);
  await expect.poll(() => viewer.messages.size).toBe(sender.messages.size);
  const archived = async () => (await records.archive.readAfter(conversationId, 0, 1000)).length;
  await expect.poll(archived).toBe(sender.messages.size);
  const messagesOf = (client: SteadyClient) => [...client.messages.values()].toSorted((x, y) => x.seq - y.seq);
  history.viewed(conversationId, messagesOf(sender));
  history.viewed(conversationId, messagesOf(viewer));
  expect(history.breaches()).toEqual([]);
}, 60_000);
