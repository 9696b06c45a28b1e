/** What an operator sees when the model endpoint is wrong: in `/health/ready`, in the metrics, and after it works again. */
import { startProductProcess } from '@firstword/testing/product-process';
import { startTestServer, type TestServer } from '@firstword/testing/test-server';
import { ollama, startVendorEndpoint, type Vendor, type VendorEndpoint } from '@firstword/testing/vendor-endpoint';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';

const MODELS = ['qwen3-8b', 'step-3.5-flash', 'deepseek-v4-flash', 'hunyuan-turbos', 'deepseek-v4-pro', 'glm-5'];
const withKey =
  (key: string): Vendor =>
  (request) =>
    request.headers.authorization === `Bearer ${key}` ? ollama(MODELS)(request) : { status: 401 };
let vendor: Vendor;
let endpoint: VendorEndpoint;
let server: TestServer;

beforeAll(async () => {
  vendor = withKey('right');
  endpoint = await startVendorEndpoint((request) => vendor(request));
  server = await startTestServer({ endpoint: { id: 'main', baseUrl: endpoint.origin, apiKey: 'right' } });
});
afterAll(async () => {
  await server.stop();
  await endpoint.stop();
});

const readySchema = z.object({
  ready: z.boolean(),
  modelEndpoint: z.string(),
  warnings: z.array(z.string()).default([]),
});
const read = (path: string) => fetch(`http://127.0.0.1:${server.port}${path}`);
const ready = async () => {
  const response = await read('/health/ready');
  return { status: response.status, ...readySchema.parse(await response.json()) };
};

test('the state of the endpoint is unchecked, ok, then what a check finds, and never makes the process unready', async () => {
  expect(await ready()).toMatchObject({ status: 200, modelEndpoint: 'unchecked' });
  const checks = await server.checkModels();
  expect(checks.map(({ modelId }) => modelId).toSorted()).toEqual(MODELS.toSorted());
  expect(checks.flatMap(({ fault }) => fault ?? [])).toEqual([]);
  expect(await ready()).toMatchObject({ status: 200, modelEndpoint: 'ok' });

  vendor = withKey('another');
  expect((await server.checkModels()).every(({ fault }) => fault?.code === 'unauthorized')).toBe(true);
  expect(await ready()).toMatchObject({ status: 200, ready: true, modelEndpoint: 'unauthorized' });

  vendor = withKey('right');
  await server.checkModels();
  expect(await ready()).toMatchObject({ modelEndpoint: 'ok' });
});

test('the start prints what is wrong with each model, after it has begun to serve', async () => {
  const product = await startProductProcess({
    redisUrl: server.redis.url,
    endpointUrl: endpoint.origin,
    env: { LLM_API_KEY: 'wrong' },
  });
  try {
    await expect.poll(product.output, { timeout: 20_000 }).toContain('Fix: Check LLM_API_KEY');
    const output = product.output();
    expect(output.indexOf('Firstword is ready.')).toBeLessThan(output.indexOf('Models, by one short call to each:'));
    expect(output).toContain(`Asked: ${endpoint.origin}/v1/chat/completions for "deepseek-v4-flash"`);
    expect(output).not.toContain('wrong');
    const state = await fetch(`${product.url}/health/ready`);
    expect(await state.json()).toMatchObject({ ready: true, modelEndpoint: 'unauthorized' });
  } finally {
    await product.kill();
  }
});
