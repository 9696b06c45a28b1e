import { startRedisServer } from '@firstword/testing/redis-server';
import { expect, onTestFinished, test } from 'vitest';
import { checkWritable } from './redis-writable.ts';

test('a full Redis, and a read-only one, are not writable; the error names the remedy', async () => {
  const server = await startRedisServer();
  onTestFinished(() => server.stop());
  const redis = await server.connect();
  await expect(checkWritable(redis, 'ready')).resolves.toBeUndefined();
  await redis.config('SET', 'maxmemory', '1');
  await expect(checkWritable(redis, 'ready')).rejects.toThrow(/^Redis is full\. Raise maxmemory.*OOM/);
  await redis.config('SET', 'maxmemory', '0');
  await redis.replicaof('127.0.0.1', 1);
  await expect(checkWritable(redis, 'ready')).rejects.toThrow(/^Redis is a read-only replica.*READONLY/);
});
