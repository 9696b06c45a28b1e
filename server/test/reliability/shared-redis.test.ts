import { answerOf, type PacedEndpoint, startPacedEndpoint } from '@firstword/testing/paced-endpoint';
import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import { silentLog } from '@firstword/testing/silent-log';
import { openSteadyClient, type SteadyClient } from '@firstword/testing/steady-client';
import { startInstance, type WebInstance } from '@firstword/testing/test-server';
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { connectRedis } from '../../src/lib/redis.ts';

let redis: RedisServer;
let endpoint: PacedEndpoint;
const servers: WebInstance[] = [];
const clients: SteadyClient[] = [];

const start = async (redisPrefix: string) => {
  const server = await startInstance(redis.url, endpoint, { redisPrefix });
  servers.push(server);
  return server;
};
const open = (server: WebInstance, session?: string) => {
  const client = openSteadyClient(server.port, session === undefined ? {} : { session });
  clients.push(client);
  return client;
};
const askQuestion = async (client: SteadyClient) => client.answered((await client.send('Where is my parcel?')).seq);

beforeAll(async () => {
  redis = await startRedisServer();
  endpoint = await startPacedEndpoint();
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});
afterAll(() => Promise.all([redis.stop(), endpoint.stop()]));

test('two installations on one Redis share neither a key nor a channel', async () => {
  const [one, two] = await Promise.all([start('one'), start('two')]);
  for (const server of [one, two]) expect(await askQuestion(open(server))).toMatchObject({ state: 'done' });
  const direct = await connectRedis(redis.url, 'commands', silentLog);
  onTestFinished(() => direct.disconnect());
  const channels = [
    ...z.array(z.string()).parse(await direct.call('PUBSUB', 'SHARDCHANNELS')),
    ...z.array(z.string()).parse(await direct.call('PUBSUB', 'CHANNELS')),
  ];
  const keys = await direct.keys('*');
  for (const names of [channels, keys]) {
    expect(names.length).toBeGreaterThan(2);
    expect(names.filter((name) => !/^\{?(one|two):/.test(name))).toEqual([]);
  }
});

test('after Redis was killed and restarted, processes receive one another’s events again', async () => {
  const [here, there] = await Promise.all([start('back'), start('back')]);
  const asking = open(here);
  await askQuestion(asking);
  const watching = open(there, asking.session());
  await watching.ready();
  const direct = await connectRedis(redis.url, 'waiting', silentLog);
  onTestFinished(() => direct.disconnect());
  // What is published before a process listens again is lost.
  const subscriptions = async () => {
    const channels = z.array(z.string()).parse(await direct.call('PUBSUB', 'SHARDCHANNELS'));
    return direct.call('PUBSUB', 'SHARDNUMSUB', ...channels.toSorted());
  };
  const before = await subscriptions();
  await redis.kill();
  await redis.start();
  await expect.poll(subscriptions, { timeout: 15_000 }).toEqual(before);
  const { seq } = await asking.send('And when does it arrive?');
  expect(await asking.answered(seq)).toMatchObject({ state: 'done', stored: answerOf(20) });
  await expect
    .poll(() => [...watching.messages.values()].at(-1), { timeout: 15_000 })
    .toMatchObject({ from: 'assistant', text: answerOf(20), seq: seq + 1 });
}, 40_000);

test('what Redis refused to publish reaches the viewers on other processes once it publishes again', async () => {
  const [here, there] = await Promise.all([start('refused'), start('refused')]);
  const asking = open(here);
  await askQuestion(asking);
  const watching = open(there, asking.session());
  await watching.ready();
  const direct = await connectRedis(redis.url, 'waiting', silentLog);
  onTestFinished(async () => {
    await direct.call('ACL', 'SETUSER', 'default', '+spublish');
    direct.disconnect();
  });
  await direct.call('ACL', 'SETUSER', 'default', '-spublish');
  const { seq } = await asking.send('And when does it arrive?');
  await asking.answered(seq);
  expect([...watching.messages.keys()]).not.toContain(seq);
  await direct.call('ACL', 'SETUSER', 'default', '+spublish');
  await expect
    .poll(() => watching.messages.get(seq + 1), { timeout: 10_000 })
    .toMatchObject({ from: 'assistant', text: answerOf(20) });
});
