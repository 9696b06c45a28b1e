/** C09: the clocks of two servers are 20 minutes apart. */
import { randomUUID } from 'node:crypto';
import { answerOf, type PacedEndpoint, startPacedEndpoint } from '@firstword/testing/paced-endpoint';
import { startProductProcess } from '@firstword/testing/product-process';
import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import type { ServerProcess } from '@firstword/testing/server-process';
import { openSteadyClient } from '@firstword/testing/steady-client';
import { startTcpProxy, type TcpProxy } from '@firstword/testing/tcp-proxy';
import { connectWidget } from '@firstword/testing/widget-client';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';

const OFF_MS = 10 * 60_000;
const IDENTITY_SECRET = 'an identity secret of this test alone';

let redis: RedisServer;
let endpoint: PacedEndpoint;
let early: ServerProcess;
let late: ServerProcess;
let proxy: TcpProxy;

beforeAll(async () => {
  redis = await startRedisServer();
  endpoint = await startPacedEndpoint();
  const start = (offMs: number) =>
    startProductProcess({
      redisUrl: redis.url,
      endpointUrl: endpoint.baseUrl,
      env: { CLOCK_OFF_MS: String(offMs) },
      preload: [new URL('./clock-shift.mjs', import.meta.url).href],
      site: { identitySecret: IDENTITY_SECRET },
    });
  [early, late] = await Promise.all([start(-OFF_MS), start(OFF_MS)]);
  proxy = await startTcpProxy({ port: early.port });
}, 60_000);
afterAll(async () => {
  await Promise.all([early.kill(), late.kill(), endpoint.stop(), proxy.stop()]);
  await redis.stop();
});

test('messages sent to two servers in turn keep one order, although their clocks differ', async () => {
  const client = openSteadyClient(proxy.port);
  onTestFinished(client.close);
  for (const [n, { port }] of [late, early, late, early].entries()) {
    proxy.pointAt({ port });
    proxy.cut();
    await expect.poll(client.connected).toBe(true);
    const { seq } = await client.send(`Message ${n + 1}`);
    expect(seq).toBe(2 * n + 1);
    expect(await client.answered(seq)).toMatchObject({ state: 'done', stored: answerOf(20) });
  }
  const messages = [...client.messages.values()].sort((a, b) => a.seq - b.seq);
  expect(messages.filter(({ from }) => from === 'visitor').map(({ text }) => text)).toEqual(
    [1, 2, 3, 4].map((n) => `Message ${n}`),
  );
  // The timestamps are out of order, so the order doesn't come from the clocks.
  const times = messages.map(({ at }) => at);
  expect(times).not.toEqual(times.toSorted((a, b) => a - b));
});

test('a server whose clock is ahead does not end a running answer of another server', async () => {
  endpoint.paceFor('slowly', { tokens: 60, everyMs: 100 }); // longer than a lease
  const client = openSteadyClient(early.port);
  onTestFinished(client.close);
  const { seq } = await client.send('Tell me slowly');
  expect(await client.answered(seq)).toMatchObject({ state: 'done', stored: answerOf(60) });
}, 30_000);

test('an identity token is accepted until one minute after its expiry by the clock of the server, and no longer', async () => {
  const tokenEnding = (seconds: number) =>
    new SignJWT({ jti: randomUUID() })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject('visitor-7')
      .setAudience('acme')
      .setExpirationTime(Math.floor((Date.now() - OFF_MS) / 1000) + seconds)
      .sign(new TextEncoder().encode(IDENTITY_SECRET));
  const connect = async (seconds: number) =>
    connectWidget(early.port, { site: 'acme', identity: await tokenEnding(seconds) });
  (await connect(-30)).close();
  await expect(connect(-90)).rejects.toMatchObject({ refusal: { code: 'bad-identity' } });
});
