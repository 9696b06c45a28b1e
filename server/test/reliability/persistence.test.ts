import { startProductProcess } from '@firstword/testing/product-process';
import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import { afterAll, beforeAll, expect, test } from 'vitest';

const NOWHERE = 'http://127.0.0.1:9/v1';
const PRODUCTION = { NODE_ENV: 'production', APP_SECRET: 'kT4vW9xQ2mZ7bN1cR6pL8sD3fG5hJ0aE' };

let redis: RedisServer;
beforeAll(async () => {
  redis = await startRedisServer('--appendfsync', 'everysec');
});
afterAll(() => redis.stop());

const start = (env: Record<string, string>) =>
  startProductProcess({ redisUrl: redis.url, endpointUrl: NOWHERE, env: { LOG_LEVEL: 'warn', ...env } });

// R04
test('in production, the start fails if Redis may lose acknowledged messages, and the error names the setting', async () => {
  await expect(start(PRODUCTION)).rejects.toThrow(
    /exited with code 1[\s\S]*appendfsync is "everysec"; set it to "always"/,
  );
}, 60_000);

test('outside production it is a warning', async () => {
  const running = await start({});
  expect(running.output()).toContain('appendfsync is \\"everysec\\"');
  await running.kill();
}, 60_000);
