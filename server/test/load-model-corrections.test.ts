import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import { silentLog } from '@firstword/testing/silent-log';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { connectRedis, type Redis } from '../src/lib/redis.ts';
import { loadModelCorrections } from '../src/models/load-model-corrections.ts';
import { createRedisKeys } from '../src/store/keys.ts';
import { createModelCorrectionsStore } from '../src/store/model-corrections-store.ts';

const keys = createRedisKeys('test');
const model = {
  id: 'small',
  upstreamName: 'small',
  endpoint: { id: 'main', baseUrl: 'http://model.example/v1' },
  price: {},
  profile: {},
};
let server: RedisServer;
let redis: Redis;

beforeAll(async () => {
  server = await startRedisServer();
  redis = await connectRedis(server.url, 'commands', silentLog);
});
afterAll(async () => {
  redis.disconnect();
  await server.stop();
});

test('a correction is kept over a restart, and the log names the setting that makes it unnecessary', async () => {
  const warn = vi.fn();
  const log = { ...silentLog, warn };
  const before = await loadModelCorrections({ store: createModelCorrectionsStore(redis, keys), log });
  before.learn(model, { refusedFields: ['temperature'] });
  before.learn(model, { refusedFields: ['max_tokens'] });
  await expect.poll(() => redis.hlen(keys.modelCorrections())).toBe(1);
  await expect
    .poll(() => redis.hvals(keys.modelCorrections()))
    .toEqual(['{"refusedFields":["temperature","max_tokens"]}']);
  expect(warn.mock.calls.map(([fields]) => fields.fix)).toEqual([
    'set models[].temperature to false',
    'set models[].maxTokensField to "max_completion_tokens"',
  ]);

  const after = await loadModelCorrections({ store: createModelCorrectionsStore(redis, keys), log });
  expect(after.of(model).refusedFields).toEqual(['temperature', 'max_tokens']);
  expect(after.of({ ...model, profile: { temperature: false } }).refusedFields).toEqual([]);
});

test('unreadable data is ignored', async () => {
  await redis.hset(keys.modelCorrections(), 'main small x', 'no json', 'main small y', '{"refusedFields":7}');
  const corrections = await loadModelCorrections({ store: createModelCorrectionsStore(redis, keys), log: silentLog });
  expect(corrections.of({ ...model, id: 'other' })).toEqual({ refusedFields: [] });
});
