import { createMemoryRecords } from '@firstword/server/records/memory-records';
import { freePort } from '@firstword/testing/free-port';
import { startRedisServer } from '@firstword/testing/redis-server';
import { silentLog } from '@firstword/testing/silent-log';
import { expect, test } from 'vitest';
import { createRedisKeys } from '../src/store/keys.ts';
import { startWorkerHealth } from '../src/worker-health.ts';

test('a worker is ready while Redis accepts writes', async () => {
  const redis = await startRedisServer('--maxmemory-policy', 'noeviction');
  const port = await freePort();
  const health = await startWorkerHealth(
    { host: '127.0.0.1', port },
    redis.url,
    createRedisKeys('test'),
    createMemoryRecords(),
    silentLog,
  );
  const ready = async () => {
    const response = await fetch(`http://127.0.0.1:${port}/health/ready`);
    return { status: response.status, body: await response.json() };
  };
  try {
    expect(await ready()).toMatchObject({ status: 200, body: { ready: true } });
    await (await redis.connect()).config('SET', 'maxmemory', '1');
    const why = expect.stringContaining('Redis is full');
    expect(await ready()).toMatchObject({ status: 503, body: { parts: { redis: { ok: false, why } } } });
  } finally {
    await health.stop();
    await redis.stop();
  }
});
