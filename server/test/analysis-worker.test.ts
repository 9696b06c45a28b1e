import { startRedisServer } from '@firstword/testing/redis-server';
import { silentLog } from '@firstword/testing/silent-log';
import { expect, onTestFinished, test } from 'vitest';
import { createAnalysisWorker } from '../src/analysis/analysis-worker.ts';
import { connectRedis } from '../src/lib/redis.ts';

/** Longer than a test may take. */
const GRACE_MS = 120_000;

test('a worker without a job closes while Redis is away, without waiting for the time that a job would have', async () => {
  const server = await startRedisServer();
  onTestFinished(server.stop);
  const redis = await server.connect();
  const connection = await connectRedis(server.url, 'waiting', silentLog);
  onTestFinished(() => connection.disconnect());
  const worker = createAnalysisWorker({
    connection,
    prefix: '{test:jobs}',
    analyst: () => Promise.reject(new Error('there is no job')),
    tickets: { failRun: async () => 'refused' },
    isAway: () => false,
    isOutage: () => false,
    log: silentLog,
  });
  await expect.poll(() => redis.client('LIST')).toContain('cmd=bzpopmin');
  await server.kill();
  await expect.poll(() => connection.status).toBe('reconnecting');
  await worker.close(GRACE_MS);
});
