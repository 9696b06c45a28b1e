import { createMemoryRecords } from '@firstword/server/records/memory-records';
import { freePort } from '@firstword/testing/free-port';
import { addSecurityRow } from '@firstword/testing/security-row';
import { startTestServer } from '@firstword/testing/test-server';
import { expect, onTestFinished, test } from 'vitest';

const PATHS = [
  '/',
  '/console',
  '/api/v1/session',
  '/api/v1/nothing',
  '/nothing',
  '/files/x',
  '/pictures/x.png',
  '/v1/models',
];
const start = async (changes: Parameters<typeof startTestServer>[0]) => {
  const server = await startTestServer(changes);
  onTestFinished(() => server.stop());
  return { server, get: (path: string, headers = {}) => fetch(`http://127.0.0.1:${server.port}${path}`, { headers }) };
};

test('with a public https address every response forbids framing, sniffing, plain http and unused abilities', async ({
  task,
}) => {
  const { get } = await start({ publicUrl: 'https://support.example' });
  for (const path of PATHS) {
    const { headers } = await get(path);
    expect([path, headers.get('strict-transport-security')]).toEqual([path, 'max-age=31536000']);
    expect([path, headers.get('x-content-type-options')]).toEqual([path, 'nosniff']);
    expect([path, headers.get('content-security-policy')]).toEqual([
      path,
      expect.stringContaining("frame-ancestors 'none'"),
    ]);
    expect([path, headers.get('x-frame-options')]).toEqual([path, 'DENY']);
    expect([path, headers.get('permissions-policy')]).toEqual([path, expect.stringContaining('microphone=()')]);
  }
  addSecurityRow(task, {
    id: 'S34',
    tried: `headers of ${PATHS.length} paths with an https address`,
    result: '0 without frame-ancestors, HSTS, nosniff and Permissions-Policy',
  });
});

test('on plain http nothing asks browsers for https', async () => {
  const { get } = await start({});
  expect((await get('/')).headers.get('strict-transport-security')).toBeNull();
});

test('strangers get neither metrics nor the reasons behind readiness; operators do, by token or on a port of their own', async ({
  task,
}) => {
  const port = await freePort();
  const token = 'a token of this test alone';
  const check = () => Promise.reject(new Error('connect ECONNREFUSED db.internal:5432'));
  const { get } = await start({
    records: { ...createMemoryRecords(), check },
    publicUrl: 'https://support.example',
    metrics: { token, port, host: '127.0.0.1' },
  });
  const bearer = { authorization: `Bearer ${token}` };
  for (const headers of [{}, { authorization: 'Bearer another' }, { authorization: token }]) {
    expect((await get('/metrics', headers)).status).toBe(404);
    const ready = await get('/health/ready', headers);
    expect([ready.status, await ready.json()]).toEqual([
      200,
      { ready: true, parts: { redis: { ok: true }, database: { ok: false, degraded: true } } },
    ]);
  }
  const detailed = {
    parts: { database: { why: expect.stringContaining('db.internal') } },
    modelEndpoint: expect.any(String),
  };
  expect(await (await get('/health/ready', bearer)).json()).toMatchObject(detailed);
  expect((await get('/metrics', bearer)).status).toBe(200);
  const own = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
  expect(await (await own('/health/ready')).json()).toMatchObject(detailed);
  expect(await (await own('/metrics')).text()).toContain('firstword_');
  expect((await own('/console')).status).toBe(404);
  addSecurityRow(task, {
    id: 'metrics',
    tried: '3 requests for metrics and readiness without the token, the database away',
    result: '0 metrics, 0 reasons',
  });
});
