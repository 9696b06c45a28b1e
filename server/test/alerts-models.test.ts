/** A chain none of whose models answers is an alert, whichever process meets it, until a check of the models succeeds. */
import { alertKey } from '@firstword/shared/alert';
import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import { startInstance } from '@firstword/testing/test-server';
import { ollama, startVendorEndpoint, type Vendor, type VendorEndpoint } from '@firstword/testing/vendor-endpoint';
import { connectWidget } from '@firstword/testing/widget-client';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';

const MODELS = ['qwen3-8b', 'step-3.5-flash', 'deepseek-v4-flash', 'hunyuan-turbos', 'deepseek-v4-pro', 'glm-5'];
const works = ollama(MODELS);
const refuses: Vendor = () => ({ status: 401 });

let redis: RedisServer;
let endpoint: VendorEndpoint;
let vendor: Vendor = works;
beforeAll(async () => {
  redis = await startRedisServer();
  endpoint = await startVendorEndpoint((request) => vendor(request));
});
afterAll(async () => {
  await endpoint.stop();
  await redis.stop();
});

test('what one process meets opens one alert for each chain without a model, and a check that succeeds begins its end', async () => {
  const settings = { alertSweepMs: 50 };
  const servers = await Promise.all([1, 2].map(() => startInstance(redis.url, { baseUrl: endpoint.origin }, settings)));
  onTestFinished(async () => void (await Promise.all(servers.map((server) => server.stop()))));
  const [server] = servers;
  if (server === undefined) throw new Error('no server');
  const { alerts } = server.records;

  vendor = refuses;
  const visitor = await connectWidget(server.port, { site: 'acme' });
  onTestFinished(() => visitor.close());
  await visitor.send('Where is my order?');
  const openKeys = async () => (await alerts.listOpen()).map(({ alert }) => alertKey(alert)).toSorted();
  await expect.poll(openKeys).toEqual(['models-down fast', 'models-down instant', 'models-down quality']);
  const [open] = await alerts.listOpen();
  expect(open).toMatchObject({ clearSince: undefined, alert: { value: 0, objective: 1, reason: 'unauthorized' } });
  expect(open?.alert.fix).toContain('LLM_API_KEY');

  // One model is enough for its chain.
  vendor = (request) => (request.body?.model === 'deepseek-v4-flash' ? works(request) : refuses(request));
  const clearKeys = async () =>
    (await alerts.listOpen()).filter(({ clearSince }) => clearSince !== undefined).map(({ alert }) => alertKey(alert));
  await expect.poll(clearKeys).toEqual(['models-down fast']);
  vendor = works;
  await expect.poll(async () => (await clearKeys()).length).toBe(3);
  const all = await alerts.list({ keys: await openKeys(), limit: 9 });
  expect(all).toHaveLength(3);
});
