import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import { silentLog } from '@firstword/testing/silent-log';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectRedis, type Redis } from '../src/lib/redis.ts';
import { createAssetArchive } from '../src/store/asset-archive.ts';
import { createRedisKeys } from '../src/store/keys.ts';

const keys = createRedisKeys('test');
let server: RedisServer;
let redis: Redis;
let folder: string;
beforeAll(async () => {
  server = await startRedisServer();
  redis = await connectRedis(server.url, 'commands', silentLog);
  folder = await mkdtemp(join(tmpdir(), 'firstword-archive-'));
});
afterAll(async () => {
  redis.disconnect();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

test('a file of an older build is served for 30 days after the last start with that build', async () => {
  const archive = createAssetArchive(redis, keys);
  await writeFile(join(folder, 'panel-1.js'), 'export const first = 1;');
  await writeFile(join(folder, 'panel-1.js.br'), brotliCompressSync('export const first = 1;'));
  await archive.publish('widget', folder);
  await redis.expire(keys.asset('widget', 'panel-1.js'), 60);
  await archive.publish('widget', folder);
  expect(await redis.ttl(keys.asset('widget', 'panel-1.js'))).toBeGreaterThan(29 * 86_400);

  await rm(join(folder, 'panel-1.js'));
  await archive.publish('widget', folder);
  const found = await archive.find('widget', 'panel-1.js');
  expect(found && brotliDecompressSync(found).toString()).toBe('export const first = 1;');
  for (const [part, name] of [
    ['console', 'panel-1.js'],
    ['widget', 'panel-1.js.br'],
    ['widget', '../panel-1.js'],
  ] as const)
    expect(await archive.find(part, name)).toBeUndefined();
});
