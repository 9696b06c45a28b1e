/** The health endpoints of a worker: a container checks every role the same way. */
import { createServer } from 'node:http';
import express from 'express';
import { createHealth } from './http/health.ts';
import { listen } from './lib/listen.ts';
import type { Log } from './lib/log.ts';
import { connectRedis } from './lib/redis.ts';
import { readDurability } from './lib/redis-durability.ts';
import { checkWritable } from './lib/redis-writable.ts';
import type { Records } from './records/records.ts';
import type { RedisKeys } from './store/keys.ts';

export async function startWorkerHealth(
  { host, port }: { host: string; port: number },
  redisUrl: string,
  keys: Pick<RedisKeys, 'readyCheck'>,
  records: Pick<Records, 'check'>,
  log: Log,
): Promise<{ stop(): Promise<void> }> {
  const redis = await connectRedis(redisUrl, 'commands', log);
  const health = createHealth(
    { required: { redis: () => checkWritable(redis, keys.readyCheck()) }, optional: { database: records.check } },
    async () => (await readDurability(redis)).warnings,
  );
  const http = createServer(express().disable('x-powered-by').use(health.router));
  await listen(http, host, port);
  return {
    async stop() {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
      redis.disconnect();
    },
  };
}
