import { createHistory, type History } from '@firstword/testing/history-checker';
import { type PacedEndpoint, startPacedEndpoint } from '@firstword/testing/paced-endpoint';
import { type RedisCluster, startRedisCluster } from '@firstword/testing/redis-cluster';
import { openSteadyClient, type SteadyClient } from '@firstword/testing/steady-client';
import { startInstance, type WebInstance } from '@firstword/testing/test-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { primaryOf, type Redis } from '../../src/lib/redis-connection.ts';
import { createMemoryRecords } from '../../src/records/memory-records.ts';
import { createRedisKeys } from '../../src/store/keys.ts';

const CONVERSATIONS = 9;
const keys = createRedisKeys('test');
const records = createMemoryRecords();
let cluster: RedisCluster;
let redis: Redis;
let endpoint: PacedEndpoint;
let a: WebInstance;
let b: WebInstance;
let history: History;
const clients: SteadyClient[] = [];
const open = (port: number, session?: string) => {
  const client = openSteadyClient(port, { history, ...(session === undefined ? {} : { session }) });
  clients.push(client);
  return client;
};

beforeAll(async () => {
  cluster = await startRedisCluster({ withReplicas: true });
  redis = await cluster.connect();
  endpoint = await startPacedEndpoint();
  endpoint.pace({ tokens: 5, everyMs: 10 });
  history = createHistory();
  const start = () => startInstance(cluster.url, endpoint, { records, redisReplicas: 1 });
  [a, b] = await Promise.all([start(), start()]);
}, 60_000);
afterAll(async () => {
  for (const client of clients) client.close();
  await Promise.all([a.stop(), b.stop()]);
  await Promise.all([endpoint.stop(), cluster.stop()]);
});

test('a server of the cluster is killed under load and its replica takes over: no acknowledged message is lost', async () => {
  const senders = Array.from({ length: CONVERSATIONS }, (_, index) => open(index % 2 === 0 ? a.port : b.port));
  const ids = await Promise.all(
    senders.map(async (client) => (await client.send('How long may I return it?')).conversationId),
  );
  const viewers = senders.map((client, index) => open(index % 2 === 0 ? b.port : a.port, client.session()));
  await Promise.all(viewers.map((viewer) => viewer.ready()));
  let sending = true;
  const load = Promise.all(
    senders.map(async (client) => {
      while (sending) await client.answered((await client.send('And who pays for it?')).seq);
    }),
  );
  const holder = primaryOf(redis, keys.head(ids[0] ?? ''));
  const victim = cluster.primaries.find(({ port }) => port === holder?.options.port);
  if (victim === undefined) throw new Error('No server holds the first conversation.');
  const acksBefore = history.acks();
  await expect.poll(() => history.acks()).toBeGreaterThan(acksBefore + CONVERSATIONS);
  await victim.kill();
  await cluster.takenOver(victim);
  await victim.start(); // it returns as the replica that messages need to be acknowledged
  const acksAfter = history.acks();
  await expect.poll(() => history.acks(), { timeout: 20_000 }).toBeGreaterThan(acksAfter + 5 * CONVERSATIONS);
  sending = false;
  await load;
  // A client that missed an event meanwhile learns of it by the next one, which must reach it.
  await Promise.all(senders.map(async (client) => client.answered((await client.send('And when?')).seq)));

  for (const [index, id] of ids.entries()) {
    const [sender, viewer] = [senders[index], viewers[index]];
    const own = () => [...(sender?.messages.values() ?? [])].toSorted((one, other) => one.seq - other.seq);
    await expect.poll(() => viewer?.messages.size, { timeout: 20_000 }).toBe(sender?.messages.size);
    history.viewed(id, own());
    history.viewed(
      id,
      [...(viewer?.messages.values() ?? [])].toSorted((one, other) => one.seq - other.seq),
    );
    const archived = async () => (await records.archive.readAfter(id, 0, 10_000)).map(({ id: messageId }) => messageId);
    await expect.poll(archived, { timeout: 20_000 }).toEqual(own().map(({ id: messageId }) => messageId));
  }
  expect(history.breaches()).toEqual([]);
}, 120_000);
