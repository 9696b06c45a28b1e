import { randomUUID } from 'node:crypto';
import { freePort } from '@firstword/testing/free-port';
import { type PacedEndpoint, startPacedEndpoint } from '@firstword/testing/paced-endpoint';
import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import { type Replica, startReplica } from '@firstword/testing/replica';
import { silentLog } from '@firstword/testing/silent-log';
import { startTcpProxy } from '@firstword/testing/tcp-proxy';
import { startInstance, type WebInstance } from '@firstword/testing/test-server';
import { connectWidget, type WidgetClient } from '@firstword/testing/widget-client';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { connectRedis } from '../../src/lib/redis.ts';

let primary: RedisServer;
let replica: Replica;
let endpoint: PacedEndpoint;
let server: WebInstance;
let client: WidgetClient;

beforeAll(async () => {
  const port = await freePort();
  primary = await startRedisServer('--port', String(port));
  replica = await startReplica(port);
  endpoint = await startPacedEndpoint();
  server = await startInstance(primary.url, endpoint, { redisReplicas: 1 });
  client = await connectWidget(server.port, { site: 'acme' });
}, 30_000);
afterAll(async () => {
  client.close();
  await server.stop();
  await Promise.all([endpoint.stop(), replica.stop(), primary.stop()]);
});

// R12
describe('with a required replica', () => {
  test('a message that the replica confirmed is acknowledged and answered', async () => {
    const ack = await client.send('How long may I return it?');
    expect(ack).toMatchObject({ ok: true, seq: 1 });
    await client.received((event) => event.type === 'turn-end' && ack.ok && event.turnId === ack.turnId);
  });

  test('a message that the replica did not confirm is refused, and stored once when it is sent again', async () => {
    const [first, second] = [randomUUID(), randomUUID()];
    replica.link.blackHole(true);
    const refusal = { ok: false, code: 'busy', retryAfterMs: expect.any(Number) };
    expect(await client.send('Who pays for it?', first)).toMatchObject(refusal);
    const [tried, other] = await Promise.all([
      client.send('Who pays for it?', first),
      client.send('And when?', second),
    ]);
    expect([tried, other]).toEqual([expect.objectContaining(refusal), expect.objectContaining(refusal)]);
    replica.link.blackHole(false);
    await expect.poll(() => client.send('Who pays for it?', first)).toMatchObject({ ok: true });
    await expect.poll(() => client.send('And when?', second)).toMatchObject({ ok: true });

    const reader = await connectWidget(server.port, { site: 'acme', session: client.start.session });
    const texts = reader.start.messages.filter(({ from }) => from === 'visitor').map(({ text }) => text);
    reader.close();
    expect(texts).toEqual(['How long may I return it?', 'Who pays for it?', 'And when?']);
  });
});

test('a primary that has become a replica is left for the one that now has its address', async () => {
  const [before, after] = [await freePort(), await freePort()];
  const [first, second] = await Promise.all([
    startRedisServer('--port', String(before)),
    startRedisServer('--port', String(after)),
  ]);
  const address = await startTcpProxy({ port: before });
  onTestFinished(async () => void (await Promise.all([address.stop(), first.stop(), second.stop()])));
  const redis = await connectRedis(`redis://127.0.0.1:${address.port}`, 'commands', silentLog);
  onTestFinished(() => redis.disconnect());
  address.pointAt({ port: after });
  await (await first.connect()).replicaof('127.0.0.1', after);
  await expect(redis.set('a', '1')).rejects.toThrow('READONLY');
  await expect.poll(() => redis.set('a', '1').catch(() => 'refused')).toBe('OK');
});
