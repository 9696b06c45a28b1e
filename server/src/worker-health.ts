/** Serves only the health endpoints, so that the container health check works for the worker role, too. */
import { createServer } from 'node:http';
import express from 'express';
import { createHealth } from './http/health.ts';
import type { Log } from './lib/log.ts';
import { connectRedis } from './lib/redis.ts';
import { readDurability } from './lib/redis-durability.ts';

export async function startWorkerHealth(
  { host, port }: { host: string; port: number },
  redisUrl: string,
  log: Log,
): Promise<{ stop(): Promise<void> }> {
  const redis = await connectRedis(redisUrl, 'commands', log);
  const health = createHealth(
    { redis: async () => void (await redis.ping()) },
    async () => (await readDurability(redis)).warnings,
  );
  const http = createServer(express().disable('x-powered-by').use(health.router));
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, host, resolve);
  });
  return {
    async stop() {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
      redis.disconnect();
    },
  };
}
