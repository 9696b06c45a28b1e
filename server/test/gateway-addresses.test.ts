/** What an endpoint receives: the path, the key's header, and the way through a proxy. */
import { type ForwardProxy, startForwardProxy } from '@firstword/testing/forward-proxy';
import { answers, type ScriptedEndpoint, startScriptedEndpoint } from '@firstword/testing/scripted-endpoint';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createGateway, type GatewayAlarm, type GatewayParts } from '../src/gateway/gateway.ts';
import type { Endpoint } from '../src/routing/route.ts';
import { modelAt, startEndpointsForEachTest } from './gateway-two-endpoints.ts';

startEndpointsForEachTest();

let endpoint: ScriptedEndpoint;
let stops: (() => Promise<void>)[];
let alarms: GatewayAlarm[];

beforeEach(async () => {
  endpoint = await startScriptedEndpoint();
  endpoint.play(answers('Yes.'));
  stops = [endpoint.stop];
  alarms = [];
});
afterEach(() => Promise.all(stops.map((stop) => stop())));

async function ask(asked: Omit<Endpoint, 'id'>, parts: Partial<GatewayParts> = {}): Promise<string> {
  const gateway = createGateway({ onCall: () => {}, onAlarm: (alarm) => alarms.push(alarm), ...parts });
  stops.push(() => gateway.close());
  const models = [modelAt({ id: 'main', ...asked })] as const;
  const request = {
    route: { tier: 'fast', region: 'us-east', models, maxTokens: 20, why: 'as asked' },
    purpose: 'answer',
    owner: { siteId: 'demo' },
    messages: [{ role: 'user', content: 'Is it in stock?' }],
  } as const;
  let text = '';
  for await (const event of gateway.stream(request, new AbortController().signal))
    if (event.type === 'text') text += event.text;
  return text;
}

test.each([
  ['', '/v1/chat/completions'],
  ['/v1/', '/v1/chat/completions'],
  ['/v1/chat/completions', '/v1/chat/completions'],
  ['/team/openai', '/team/openai/chat/completions'],
  ['/openai/deployments/gpt?api-version=1', '/openai/deployments/gpt/chat/completions?api-version=1'],
])('a base URL with the path "%s" asks %s', async (path, asked) => {
  await ask({ baseUrl: `http://127.0.0.1:${endpoint.port}${path}` });
  expect(endpoint.requests.map(({ path: received }) => received)).toEqual([asked]);
});

test('a key is a bearer token, or alone in the header that is set', async () => {
  await ask({ baseUrl: endpoint.baseUrl, apiKey: 'k' });
  await ask({ baseUrl: endpoint.baseUrl, apiKey: 'k', apiKeyHeader: 'x-key' });
  await ask({ baseUrl: `${endpoint.baseUrl}/openai/deployments/gpt?api-version=1`, apiKey: 'k' });
  expect(endpoint.requests.map(({ headers }) => [headers.authorization, headers['x-key'], headers['api-key']])).toEqual(
    [
      ['Bearer k', undefined, undefined],
      [undefined, 'k', undefined],
      [undefined, undefined, 'k'],
    ],
  );
});

async function proxyTo(refuse?: number): Promise<ForwardProxy> {
  const proxy = await startForwardProxy(endpoint.port, refuse);
  stops.unshift(proxy.stop);
  return proxy;
}
const through = (url: string, bypass?: string) => ({ proxy: { http: url, https: undefined, bypass } });

test('an endpoint elsewhere is reached through the proxy, with the credentials of its address', async () => {
  const proxy = await proxyTo();
  const url = proxy.url.replace('//', '//user:pass%40word@');
  expect(await ask({ baseUrl: 'http://models.example' }, through(url))).toBe('Yes.');
  expect(proxy.tunnels).toEqual(['models.example:80']);
  expect(proxy.credentials).toEqual([`Basic ${Buffer.from('user:pass@word').toString('base64')}`]);
  expect(endpoint.requests[0]?.headers.host).toBe('models.example');
});

test('this machine is never reached through the proxy, unless the bypass list says so', async () => {
  const proxy = await proxyTo();
  const baseUrl = endpoint.baseUrl;
  expect(await ask({ baseUrl }, through(proxy.url, '.corp.example'))).toBe('Yes.');
  expect(proxy.tunnels).toEqual([]);
  expect(await ask({ baseUrl }, through(proxy.url, '<-loopback>'))).toBe('Yes.');
  expect(proxy.tunnels).toEqual([`127.0.0.1:${endpoint.port}`]);
});

test('a host on the bypass list is reached directly', async () => {
  const proxy = await proxyTo();
  await expect(ask({ baseUrl: 'http://models.corp.invalid' }, through(proxy.url, '.corp.invalid'))).rejects.toThrow();
  expect(proxy.tunnels).toEqual([]);
  expect(alarms).toMatchObject([{ code: 'dns-failed' }, { code: 'dns-failed' }]);
});

test('a proxy that refuses is named as the proxy', async () => {
  const proxy = await proxyTo(407);
  await expect(ask({ baseUrl: 'http://models.example' }, through(proxy.url))).rejects.toMatchObject({
    code: 'proxy-failed',
  });
  expect(alarms[0]).toMatchObject({ code: 'proxy-failed', address: 'http://models.example/v1/chat/completions' });
});
