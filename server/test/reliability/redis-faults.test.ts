import { randomUUID } from 'node:crypto';
import { answerOf, type PacedEndpoint, startPacedEndpoint } from '@firstword/testing/paced-endpoint';
import { DURABLE, type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import { silentLog } from '@firstword/testing/silent-log';
import { openSteadyClient, type SteadyClient } from '@firstword/testing/steady-client';
import { startTcpProxy, type TcpProxy } from '@firstword/testing/tcp-proxy';
import { startInstance, type WebInstance } from '@firstword/testing/test-server';
import { connectWidget, type WidgetClient } from '@firstword/testing/widget-client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { connectRedis, type Redis } from '../../src/lib/redis.ts';
import { createRedisKeys } from '../../src/store/keys.ts';

let redis: RedisServer;
let proxy: TcpProxy;
let endpoint: PacedEndpoint;
let server: WebInstance;
let direct: Redis;
const clients: { close(): void }[] = [];

const steady = (): SteadyClient => {
  const client = openSteadyClient(server.port);
  clients.push(client);
  return client;
};
const connect = async (session?: string): Promise<WidgetClient> => {
  const client = await connectWidget(server.port, { site: 'acme', ...(session === undefined ? {} : { session }) });
  clients.push(client);
  return client;
};
const entries = async (conversationId: string, id: string) =>
  (await direct.xrange(createRedisKeys('test').log(conversationId), '-', '+')).filter(([, fields]) =>
    fields[1]?.includes(id),
  );
const askQuestion = async () => {
  const client = steady();
  const { seq } = await client.send('Are you there?');
  return client.answered(seq);
};

beforeAll(async () => {
  redis = await startRedisServer(...DURABLE);
  endpoint = await startPacedEndpoint();
  proxy = await startTcpProxy({ path: redis.socketPath });
  direct = await connectRedis(redis.url, 'commands', silentLog);
  server = await startInstance(`redis://127.0.0.1:${proxy.port}`, endpoint);
});
beforeEach(() => endpoint.pace({ tokens: 20, everyMs: 0 }));
afterEach(async () => {
  redis.signal('SIGCONT');
  proxy.blackHole(false);
  proxy.swallowReplies(0);
  proxy.delay(() => 0);
  await direct.call('CLIENT', 'UNPAUSE');
  await direct.config('SET', 'maxmemory', '0');
  await direct.config('SET', 'appendfsync', 'always');
  await direct.config('SET', 'maxmemory-policy', 'noeviction');
  // The server's connections come back one by one; the next test starts with all of them.
  await askQuestion();
  for (const client of clients.splice(0)) client.close();
});
afterAll(async () => {
  await server.stop();
  direct.disconnect();
  await Promise.all([endpoint.stop(), proxy.stop()]);
  await redis.stop();
});

describe('a send whose reply from Redis is lost', () => {
  // R07
  test('three times in a row is stored once and answered', async () => {
    const client = await connect();
    const id = randomUUID();
    let ack: Awaited<ReturnType<WidgetClient['send']>> | undefined;
    proxy.swallowReplies(3);
    for (let tries = 0; tries < 20 && !ack?.ok; tries++) ack = await client.send('Where is my parcel?', id);
    expect(ack).toMatchObject({ ok: true, seq: 1 });
    expect(await entries(client.start.conversationId, id)).toHaveLength(1);
    await expect
      .poll(() => client.messages.at(-1), { timeout: 12_000 })
      .toMatchObject({ seq: 2, from: 'assistant', text: answerOf(20) });
  });
});

describe.each([
  // R05
  ['is frozen', () => redis.signal('SIGSTOP'), () => redis.signal('SIGCONT')],
  // R06
  ['rejects writes', () => direct.call('CLIENT', 'PAUSE', '60000', 'WRITE'), () => direct.call('CLIENT', 'UNPAUSE')],
  // R14
  ['is behind a dead connection', () => proxy.blackHole(true), () => proxy.blackHole(false)],
])('while Redis %s', (_what, begin, finish) => {
  test('a send is refused, and stored once afterwards', async () => {
    const client = await connect();
    const id = randomUUID();
    await begin();
    // Both refusals come before Redis works again; the night run measures how soon.
    for (let tries = 0; tries < 2; tries++)
      expect(await client.send('Where is my parcel?', id)).toMatchObject({
        ok: false,
        code: 'unavailable',
        retryAfterMs: 2000,
      });
    await finish();
    await expect.poll(() => client.send('Where is my parcel?', id)).toMatchObject({ ok: true, seq: 1 });
    expect(await askQuestion()).toMatchObject({ state: 'done', stored: answerOf(20) });
    expect(await entries(client.start.conversationId, id)).toHaveLength(1);
  }, 30_000);
});

test('a visitor who connects while Redis is frozen is refused with a retry time', async () => {
  redis.signal('SIGSTOP');
  const refusal = await connect().catch((error: { refusal?: object }) => error.refusal);
  redis.signal('SIGCONT');
  expect(refusal).toEqual({ code: 'unavailable', retryAfterMs: 2000 });
});

// R08
test('with a full Redis, sends are refused as busy, stored messages stay readable, and sends work again afterwards', async () => {
  const client = await connect();
  const first = await client.send('Where is my parcel?');
  if (!first.ok || first.turnId === undefined) throw new Error('not accepted');
  await client.received(({ type }) => type === 'turn-end');
  await direct.config('SET', 'maxmemory', '1');
  expect(await client.send('And when does it arrive?')).toMatchObject({ ok: false, code: 'busy', retryAfterMs: 5000 });
  const refusal = await connect().catch((error: { refusal?: object }) => error.refusal);
  expect(refusal).toEqual({ code: 'unavailable', retryAfterMs: 2000 });
  expect(await client.ask('replay', { afterSeq: 0 })).toMatchObject({ ok: true, messages: [{ seq: 1 }, { seq: 2 }] });
  expect(/evicted_keys:(\d+)/.exec(await direct.info('stats'))?.[1]).toBe('0');
  await direct.config('SET', 'maxmemory', '0');
  expect(await client.send('And when does it arrive?')).toMatchObject({ ok: true, seq: 3 });
});

// R13
test('a slow Redis keeps the order and loses no delta', async () => {
  proxy.delay(() => 25 + Math.random() * 25); // each way, so 50 to 100 ms for a round trip
  const client = steady();
  await client.ready();
  for (let n = 1; n <= 10; n++) {
    const { seq } = await client.send(`question ${n}`);
    expect(await client.answered(seq)).toEqual({ fromDeltas: answerOf(20), stored: answerOf(20), state: 'done' });
  }
  expect([...client.messages.keys()].sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
}, 30_000);

describe('an emptied Redis', () => {
  // R11
  test('makes clients resync, including one that sends before the server has noticed', async () => {
    const quiet = steady();
    const { seq } = await quiet.send('Where is my parcel?');
    await quiet.answered(seq);
    const eager = await connect(quiet.session());
    await direct.flushall();
    let resyncs = 0;
    eager.socket.on('resync', () => {
      resyncs += 1;
    });
    expect(await eager.send('And when does it arrive?')).toMatchObject({ ok: false, code: 'not-found' });
    expect(resyncs).toBe(1);
    await expect.poll(() => quiet.resyncs()).toBeGreaterThan(0);
    await quiet.ready();
    expect(quiet.messages.size).toBe(0);
    expect(await askQuestion()).toMatchObject({ state: 'done' });
  });
});

describe('a Redis with settings that may lose messages', () => {
  // R04
  test('is reported by the readiness endpoint', async () => {
    const ready = async () => (await fetch(`http://127.0.0.1:${server.port}/health/ready`)).json();
    expect(await ready()).not.toHaveProperty('warnings');
    await direct.config('SET', 'appendfsync', 'everysec');
    await direct.config('SET', 'maxmemory-policy', 'allkeys-lru');
    const { warnings } = (await ready()) as { warnings: string[] };
    expect(warnings).toEqual([
      expect.stringContaining('appendfsync is "everysec"'),
      expect.stringContaining('maxmemory-policy is "allkeys-lru"'),
    ]);
  });
});
