import { randomUUID } from 'node:crypto';
import { DONE, finishes, role, says, uses } from '@firstword/testing/completion-events';
import { freePort } from '@firstword/testing/free-port';
import { answerOf, type PacedEndpoint, startPacedEndpoint } from '@firstword/testing/paced-endpoint';
import { startPollProxy } from '@firstword/testing/poll-proxy';
import { type RedisCluster, startRedisCluster } from '@firstword/testing/redis-cluster';
import { startRedisServer } from '@firstword/testing/redis-server';
import { startScriptedEndpoint } from '@firstword/testing/scripted-endpoint';
import { silentLog } from '@firstword/testing/silent-log';
import { openSteadyClient, type SteadyClient, type SteadyClientOptions } from '@firstword/testing/steady-client';
import { startInstance, type WebInstance } from '@firstword/testing/test-server';
import { createTestTickets } from '@firstword/testing/test-tickets';
import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { connectRedis } from '../src/lib/redis.ts';
import { addressOf, primariesOf, primaryOf, type Redis, type ServerConnection } from '../src/lib/redis-connection.ts';
import { readDurability } from '../src/lib/redis-durability.ts';
import { scanStep } from '../src/lib/redis-scan.ts';
import { createMemoryRecords } from '../src/records/memory-records.ts';
import { createRedisKeys } from '../src/store/keys.ts';
import { createStorageGeneration } from '../src/store/storage-generation.ts';
import { startWorkerApp } from '../src/worker-app.ts';
import { writtenAnalysis } from './analysis-answer.ts';
import { workerSettings } from './worker-settings.ts';

const keys = createRedisKeys('test');
const records = createMemoryRecords();
let cluster: RedisCluster;
let redis: Redis;
let endpoint: PacedEndpoint;
let a: WebInstance;
let b: WebInstance;
const clients: SteadyClient[] = [];
const open = (port: number, options: SteadyClientOptions = {}) => {
  const client = openSteadyClient(port, options);
  clients.push(client);
  return client;
};

beforeAll(async () => {
  cluster = await startRedisCluster();
  redis = await cluster.connect();
  endpoint = await startPacedEndpoint();
  const start = () => startInstance(cluster.url, endpoint, { records, longPolling: true });
  [a, b] = await Promise.all([start(), start()]);
}, 60_000);
beforeEach(() => endpoint.pace({ tokens: 20, everyMs: 0 }));
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});
afterAll(async () => {
  await Promise.all([a.stop(), b.stop()]);
  await Promise.all([endpoint.stop(), cluster.stop()]);
});

/**
 * What the servers have refused, and the commands that failed, by Redis' own count. `MOVED` is how a client learns of the
 * cluster; Redis 7.0 answers ioredis' CLIENT SETINFO with `ERR`, as it does for a script that leaves its slot.
 */
async function refusals(): Promise<string[]> {
  const errors = await Promise.all(primariesOf(redis).map((server) => server.info('errorstats')));
  const commands = await Promise.all(primariesOf(redis).map((server) => server.info('commandstats')));
  return [
    ...errors.flatMap((lines) => lines.match(/errorstat_(?!MOVED|ERR)\w+/g) ?? []),
    ...commands.flatMap((lines) => lines.match(/^cmdstat_.*failed_calls=[1-9].*$/gm) ?? []),
  ];
}

test('conversations on several servers are answered, also on another process, and reach the archive', async () => {
  const senders = Array.from({ length: 12 }, (_, index) => open(index % 2 === 0 ? a.port : b.port));
  const conversationIds = await Promise.all(
    senders.map(async (client, index) => {
      await client.ready();
      const viewer = open(index % 2 === 0 ? b.port : a.port, { session: client.session() ?? '' });
      await viewer.ready();
      const { seq, conversationId } = await client.send('How long may I return it?');
      const [here, there] = await Promise.all([client.answered(seq), viewer.answered(seq)]);
      expect(here).toEqual({ fromDeltas: answerOf(20), stored: answerOf(20), state: 'done' });
      expect(there).toEqual(here);
      return conversationId;
    }),
  );
  const servers = conversationIds.map((id) => primaryOf(redis, keys.head(id)));
  expect(new Set(servers).size).toBeGreaterThan(1); // by chance of their ids, rarely on all three
  for (const id of conversationIds)
    await expect.poll(async () => (await records.archive.readAfter(id, 0, 10)).length).toBe(2);
  expect(await refusals()).toEqual([]);
});

test('a page that was closed during an answer receives the missing part on another process', async () => {
  endpoint.pace({ tokens: 60, everyMs: 15 });
  const first = open(a.port);
  await first.ready();
  const { seq, turnId = '' } = await first.send('How long may I return it?');
  await expect.poll(() => first.textOf(turnId).length).toBeGreaterThan(10);
  const session = first.session() ?? '';
  first.close();
  const second = open(b.port, { session });
  expect(await second.answered(seq)).toEqual({ fromDeltas: answerOf(60), stored: answerOf(60), state: 'done' });
});

test('a hand-off becomes a ticket, which a worker analyses, and whose changes reach every process', async () => {
  const upstream = await startScriptedEndpoint();
  onTestFinished(upstream.stop);
  upstream.play({ steps: [role, says(JSON.stringify(writtenAnalysis())), finishes(), uses(900, 300), DONE] });
  const worker = await startWorkerApp(
    workerSettings({ redisUrl: cluster.url, redisPrefix: 'test', endpoint: upstream.endpoint(), records }),
  );
  onTestFinished(() => worker.close());
  const subscriber = await connectRedis(cluster.url, 'waiting', silentLog);
  onTestFinished(() => subscriber.disconnect());
  const tickets = createTestTickets({ redis, subscriber, keys, store: records.tickets });
  const states: string[] = [];
  const leaving = new AbortController();
  onTestFinished(() => leaving.abort());
  void (async () => {
    for await (const change of tickets.changes(leaving.signal))
      if ('ticket' in change) states.push(change.ticket.state);
  })();

  const client = open(a.port);
  await client.ready();
  const { conversationId } = await client.send('I want to talk to a real person, please');
  await expect.poll(() => tickets.ofConversation(conversationId)).toMatchObject({ reason: 'visitor-request' });
  const ticket = await tickets.ofConversation(conversationId);
  const analysed = async () => (await tickets.get(ticket?.id ?? ''))?.analysis;
  await expect.poll(analysed, { timeout: 10_000 }).toMatchObject({ state: 'completed' });
  await expect.poll(() => states).toContain('needs-review');
  expect(await refusals()).toEqual([]);
}, 30_000);

test('a visitor who has only long-polling is answered without sticky sessions', async () => {
  const proxy = await startPollProxy([a.port, b.port], false);
  onTestFinished(proxy.stop);
  const client = open(proxy.port, { transport: 'polling' });
  await client.ready();
  const { seq } = await client.send('How long may I return it?');
  expect(await client.answered(seq)).toMatchObject({ stored: answerOf(20), state: 'done' });
  expect(proxy.requests.size).toBe(2);
});

test('a walk through all keys visits every server, and a new generation on one server is noticed', async () => {
  const wanted = Array.from({ length: 100 }, () => `walk:${randomUUID()}`);
  await Promise.all(wanted.map((key) => redis.set(key, '1')));
  const found: string[] = [];
  let cursor = '0';
  do {
    const step = await scanStep(redis, cursor, 'walk:*', 10);
    found.push(...step.keys);
    cursor = step.cursor;
  } while (cursor !== '0');
  expect(found.toSorted()).toEqual(wanted.toSorted());

  const generation = createStorageGeneration(redis, createRedisKeys(`test-${randomUUID()}`));
  expect([await generation.changed(), await generation.changed()]).toEqual([false, false]);
  await primariesOf(redis)[1]?.flushdb();
  expect([await generation.changed(), await generation.changed()]).toEqual([true, false]);
});

test('durability is asked of every server, and a warning names the one that is lossy', async () => {
  const sync = (servers: readonly ServerConnection[], how: string) =>
    Promise.all(servers.map((server) => server.config('SET', 'appendfsync', how)));
  const servers = primariesOf(redis);
  onTestFinished(() => void sync(servers, 'no'));
  await sync(servers, 'always');
  expect(await readDurability(redis)).toEqual({ lossy: false, warnings: [] });
  const [, second] = servers;
  await sync(servers.slice(1, 2), 'everysec');
  expect(await readDurability(redis)).toEqual({
    lossy: true,
    warnings: [expect.stringContaining(`Redis ${second && addressOf(second)} appendfsync is "everysec"`)],
  });
});

test('an address that does not say whether it is a cluster as it should is refused with the fix', async () => {
  const port = await freePort();
  const lone = await startRedisServer('--port', String(port));
  onTestFinished(() => lone.stop());
  await expect(connectRedis(`redis+cluster://127.0.0.1:${port}`, 'commands', silentLog, 1000)).rejects.toThrow(
    `Redis at redis+cluster://127.0.0.1:${port} did not answer within 1 s: it is not a cluster. Begin REDIS_URL with redis:// instead of redis+cluster://.`,
  );
  const member = `redis://127.0.0.1:${cluster.primaries[0]?.port}`;
  await expect(connectRedis(member, 'commands', silentLog)).rejects.toThrow(
    `Redis at ${member} cannot be used: it is a server of a cluster. Begin REDIS_URL with redis+cluster://.`,
  );
});
