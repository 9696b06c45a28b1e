import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import { answers, startScriptedEndpoint } from '@firstword/testing/scripted-endpoint';
import { silentLog } from '@firstword/testing/silent-log';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createGateway } from '../src/gateway/gateway.ts';
import { createLatencyProbes } from '../src/gateway/latency-probes.ts';
import { createLatencyTracker, type LatencyKey, type LatencyTracker } from '../src/routing/latency-tracker.ts';
import { createRedisKeys } from '../src/store/keys.ts';
import { createLatencyShare } from '../src/store/latency-share.ts';

const KEY: LatencyKey = { modelId: 'deepseek-v4-flash', region: 'us-east', endpointId: 'main' };

let redis: RedisServer;
beforeAll(async () => {
  redis = await startRedisServer();
});
afterAll(() => redis.stop());

async function startProcess(name: string) {
  const tracker = createLatencyTracker({ priorMs: () => 180 });
  const share = createLatencyShare(await redis.connect(), createRedisKeys('share'), tracker, silentLog, {
    processId: name,
    everyMs: 60_000,
    keep: 100,
  });
  await share.exchange();
  return { tracker, share };
}

const slow = (tracker: LatencyTracker, times: number) => {
  for (let turn = 0; turn < times; turn++) tracker.tokenAfter(KEY, 700);
};

test('a process merges latencies of others, ignores its own, and a new process starts with the known ones', async () => {
  const [first, second] = [await startProcess('first'), await startProcess('second')];
  for (let exchange = 0; exchange < 3; exchange++) {
    slow(first.tracker, 6);
    await first.share.exchange();
  }
  const knownToFirst = first.tracker.samples(KEY);
  await first.share.exchange();
  expect(first.tracker.samples(KEY)).toBe(knownToFirst);

  await second.share.exchange();
  expect(second.tracker.isFit(KEY)).toBe(false);
  const third = await startProcess('third');
  expect(third.tracker.isFit(KEY)).toBe(false);
  for (const { share } of [first, second, third]) share.stop();
});

test('a model that was removed for its latency is probed by small calls and returns when it is fast again', async () => {
  const upstream = await startScriptedEndpoint();
  upstream.play(answers('Yes.'));
  const tracker = createLatencyTracker({ priorMs: () => 180, probeEveryMs: 5 });
  const gateway = createGateway({ onCall: () => {}, latency: tracker });
  const model = { id: KEY.modelId, upstreamName: 'm', endpoint: upstream.endpoint('main'), price: {}, profile: {} };
  slow(tracker, 20);
  const models = [{ model, region: KEY.region, tier: 'fast' }] as const;
  const probes = createLatencyProbes({ gateway, latency: tracker, models, checkEveryMs: 5 });
  await expect.poll(() => tracker.isFit(KEY), { timeout: 5_000 }).toBe(true);
  expect(upstream.requests[0]?.body).toMatchObject({ max_tokens: 1 });
  probes.stop();
  await gateway.close();
  await upstream.stop();
});
