/** What a check finds out about endpoints that behave as today's vendors and servers do. */
import {
  azure,
  deepSeek,
  ollama,
  reasoning,
  startVendorEndpoint,
  strictRoles,
  type Vendor,
} from '@firstword/testing/vendor-endpoint';
import { afterEach, expect, test } from 'vitest';
import type { CallRow } from '../src/gateway/chat-call.ts';
import { createModelProbe } from '../src/gateway/model-probe.ts';
import { familyProfile } from '../src/routing/family-profiles.ts';
import type { Endpoint } from '../src/routing/route.ts';

let stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(stops.map((stop) => stop()));
  stops = [];
});

async function checkAt(
  vendor: Vendor,
  upstreamName: string,
  endpointOf: (origin: string) => Omit<Endpoint, 'id'> = (origin) => ({ baseUrl: origin }),
  callMs = 5_000,
) {
  const server = await startVendorEndpoint(vendor);
  const rows: CallRow[] = [];
  const probe = createModelProbe({ onCall: (row) => rows.push(row), callMs });
  stops.push(server.stop, probe.close);
  const price = { inputUsdPerMillion: 0.1, outputUsdPerMillion: 0.3 };
  const endpoint = { id: 'main', ...endpointOf(server.origin) };
  const profile = familyProfile(upstreamName);
  const model = { id: 'ours', upstreamName, endpoint, price, profile };
  const check = await probe.check({ model, region: 'us-east', tiers: ['fast'], maxTokens: 200 });
  return { check, rows, server };
}

test('a model that answers is described, and the call is recorded as a probe', async () => {
  const { check, rows, server } = await checkAt(ollama(['llama3.2']), 'llama3.2');
  expect(check).toMatchObject({
    modelId: 'ours',
    upstreamName: 'llama3.2',
    address: `${server.origin}/v1/chat/completions`,
    tiers: ['fast'],
    reachable: true,
    listed: true,
    usageReported: true,
    price: 'full',
    warnings: [],
  });
  expect(check.ttftMs).toBeGreaterThanOrEqual(0);
  expect(check.fault).toBeUndefined();
  expect(rows).toMatchObject([{ purpose: 'probe', outcome: 'done', usage: { completionTokens: 5, estimated: false } }]);
});

test('a server with strict roles accepts the check', async () => {
  expect((await checkAt(strictRoles(['org/model']), 'org/model')).check.fault).toBeUndefined();
});

test('both address forms of Azure are checked with the key in api-key', async () => {
  const classic = (origin: string) => ({
    baseUrl: `${origin}/openai/deployments/chat?api-version=2024-10-21`,
    apiKey: 'k',
  });
  expect((await checkAt(azure('k', ['chat']), 'chat', classic)).check).toMatchObject({ reachable: true });
  const v1 = (origin: string) => ({ baseUrl: `${origin}/openai/v1`, apiKey: 'k', apiKeyHeader: 'api-key' });
  const { check } = await checkAt(azure('k', ['chat']), 'chat', v1);
  expect(check.fault).toBeUndefined();
  expect(check.listed).toBe(false); // Azure lists its catalog, not deployments
});

test('a wrong model name is named with its neighbours', async () => {
  const { check } = await checkAt(ollama(['llama3.2', 'qwen3:8b']), 'llama3.1');
  expect(check).toMatchObject({ reachable: true, listed: false, fault: { code: 'unknown-model' } });
  expect(check.fault?.fix).toContain('Did you mean "llama3.2"? It has llama3.2, qwen3:8b.');
});

test('a wrong path is named with the one where the API answers', async () => {
  const { check, server } = await checkAt(ollama(['m']), 'm', (origin) => ({ baseUrl: `${origin}/api/v2` }));
  expect(check.fault).toMatchObject({ code: 'no-model', message: 'status 404' });
  expect(check.fault?.fix).toContain(`An API answers at ${server.origin}/v1.`);
});

test.each<[string, Vendor, string, RegExp]>([
  ['a refused key', deepSeek('right', ['m']), 'unauthorized', /Check LLM_API_KEY/],
  [
    'an account without credit',
    () => ({ status: 402, body: { error: { message: 'Insufficient Balance' } } }),
    'no-credit',
    /Add credit/,
  ],
  [
    'a web page',
    () => ({ status: 200, type: 'text/html', body: '<html>' }),
    'bad-response',
    /not a streaming chat API/,
  ],
  [
    'a redirect',
    () => ({ status: 301, headers: { location: 'https://x.example' } }),
    'redirected',
    /usually the same with https/,
  ],
])('%s is a fault with its fix', async (_, vendor, code, fix) => {
  const { check } = await checkAt(vendor, 'm', (origin) => ({ baseUrl: origin, apiKey: 'wrong' }));
  expect(check.fault?.code).toBe(code);
  expect(check.fault?.fix).toMatch(fix);
  expect(JSON.stringify(check)).not.toContain('wrong');
});

test('an endpoint that never answers is a fault after the wait', async () => {
  const { check } = await checkAt(() => 'hang', 'm', undefined, 300);
  expect(check.fault).toMatchObject({ code: 'headers-timeout' });
});

test('the report names what is missing', async () => {
  const { check } = await checkAt(() => ({ text: ['one ', 'two'], noUsage: true }), 'm');
  expect(check.warnings).toEqual(['The endpoint reports no token usage, so costs are estimates.']);
});

test('a model whose thinking shows itself only at its end is held from the first visitor on', async () => {
  const thinking = Array.from({ length: 300 }, () => 'hm ');
  const { check, rows } = await checkAt(() => ({ text: [...thinking, '</think>', 'one ', 'two'] }), 'm');
  expect(check).toMatchObject({ thinks: true, reachable: true });
  expect(check.fault).toBeUndefined();
  // The limit cut the first answer, the second one showed the end, and two more had to find the room for both.
  expect(rows.map(({ outcome, code }) => code ?? outcome)).toEqual(['done', 'done', 'only-thinking', 'done']);
});

test('a model that refuses fields is asked without them', async () => {
  const keyed = (origin: string) => ({ baseUrl: origin, apiKey: 'k' });
  const { check } = await checkAt(reasoning('k', ['some-reasoner']), 'some-reasoner', keyed);
  expect(check.fault).toBeUndefined();
});
