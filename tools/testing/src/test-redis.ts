/** A real Redis for one test file, in a folder that goes with it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog } from '@firstword/server/lib/log';
import { connectRedis } from '@firstword/server/lib/redis';
import { createPrivateRedis } from '@firstword/server/local/private-redis';
import type { Redis } from 'ioredis';

export interface TestRedis {
  readonly url: string;
  connect(): Promise<Redis>;
  stop(): Promise<void>;
}

export const silentLog = createLog('silent');

export async function startTestRedis(): Promise<TestRedis> {
  const dataDir = await mkdtemp(join(tmpdir(), 'firstword-test-'));
  const server = createPrivateRedis({ dataDir, log: silentLog });
  await server.ready;
  const url = `unix://${server.path}`;
  const connections: Redis[] = [];
  return {
    url,
    async connect() {
      const redis = await connectRedis(url, 'commands', silentLog);
      connections.push(redis);
      return redis;
    },
    async stop() {
      for (const redis of connections) redis.disconnect();
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
