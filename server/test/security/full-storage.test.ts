/** A server that can't store says so: to its proxy, to agents and to visitors, and its log stays short. */
import { createLog } from '@firstword/server/lib/log';
import { addSecurityRow } from '@firstword/testing/security-row';
import { startTestServer, type TestServer } from '@firstword/testing/test-server';
import { ConnectRefusedError, connectWidget } from '@firstword/testing/widget-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';

let server: TestServer;
const lines: string[] = [];
beforeAll(async () => {
  const log = createLog('warn', { write: (line: string) => void lines.push(line) });
  server = await startTestServer({ log });
});
afterAll(() => server.stop());

test('while Redis is full, the server is not ready, no session starts, and the log stays short', async ({ task }) => {
  const client = await connectWidget(server.port);
  const redis = await server.redis.connect();
  const origin = `http://127.0.0.1:${server.port}`;
  const ready = async () => {
    const response = await fetch(`${origin}/health/ready`);
    const { parts } = z.object({ parts: z.object({ redis: z.looseObject({}) }) }).parse(await response.json());
    return { status: response.status, redis: parts.redis };
  };
  expect(await ready()).toMatchObject({ status: 200, redis: { ok: true } });
  await redis.config('SET', 'maxmemory', '1');
  try {
    expect(await ready()).toMatchObject({
      status: 503,
      redis: { ok: false, why: expect.stringContaining('Redis is full') },
    });
    const signIn = await fetch(`${origin}/api/v1/session`, {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'anna@shop.example', password: 'a password of some length' }),
    });
    expect([signIn.status, await signIn.text()]).toEqual([503, expect.stringContaining('storage is full')]);
    const refused = await connectWidget(server.port).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ConnectRefusedError);
    expect(refused).toMatchObject({ refusal: { code: 'unavailable' } });
    const before = lines.length;
    const sent = await Promise.all(Array.from({ length: 400 }, (_, n) => client.send(`Hello? ${n}`)));
    expect(sent.filter(({ ok }) => ok)).toEqual([]);
    const written = lines.length - before;
    expect(written).toBeLessThan(200);
    addSecurityRow(task, {
      id: 'readiness',
      tried: 'a full Redis: readiness, sign-in, a new session and 400 messages',
      result: `not ready, with the reason; sign-in and session refused with it; ${written} log lines`,
    });
  } finally {
    await redis.config('SET', 'maxmemory', '0');
    client.close();
  }
  expect(await ready()).toMatchObject({ status: 200 });
});
