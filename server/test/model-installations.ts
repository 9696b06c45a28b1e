/** Installations of two web processes without an endpoint, whose administrator connects models over REST. */
import { createMemoryRecords } from '@firstword/server/records/memory-records';
import type { ModelCheckEvent, ModelSettings, ModelSettingsView } from '@firstword/shared/model-settings';
import { createPage, type Page } from '@firstword/testing/console-page';
import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import { type SpokenEndpoint, startSpokenEndpoint } from '@firstword/testing/spoken-endpoint';
import { startTestServer, type TestServer, type TestSettings } from '@firstword/testing/test-server';
import { cloud, startVendorEndpoint, type Vendor } from '@firstword/testing/vendor-endpoint';
import { connectWidget } from '@firstword/testing/widget-client';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';

export const KEY = 'sk-the-right-key-1234-wxyz';
export const MODELS = ['small-one', 'large-one'];
export const CHAINS = { instant: ['small-one'], fast: ['large-one'], quality: ['large-one'] };
export const DEMO_ANSWER = 'Returns are free for 30 days [1].';

export let redis: RedisServer;
export let demo: SpokenEndpoint;
export const stops: (() => Promise<void>)[] = [];

/** Call it once. What a test starts, `stops` ends after it. */
export function modelInstallations(): void {
  beforeAll(async () => {
    [redis, demo] = await Promise.all([startRedisServer(), startSpokenEndpoint()]);
    demo.script({ answer: DEMO_ANSWER });
  });
  afterEach(async () => {
    demo.reset();
    demo.script({ answer: DEMO_ANSWER });
    for (const stop of stops.splice(0).reverse()) await stop();
  });
  afterAll(async () => {
    await demo.stop();
    await redis.stop();
  });
}

export let installations = 0;
/** Two processes without an endpoint, as `npm start` without configuration, and the page of their administrator. */
export async function startPair(changes: TestSettings = {}) {
  installations += 1;
  const redisPrefix = `models-${installations}`;
  const records = createMemoryRecords();
  const start = async () => {
    const server = await startTestServer({
      ...({ redis, endpointServer: demo, redisPrefix, records, mode: 'demo' } as const),
      ...changes,
    });
    stops.push(server.stop);
    return server;
  };
  const [first, other] = [await start(), await start()];
  const origin = `http://localhost:${first.port}`;
  const admin = createPage(`${origin}/api/v1`, origin);
  const token = await first.firstRun();
  await admin.request('POST', '/first-run', {
    token,
    email: 'o@shop.example',
    name: 'Owner',
    password: 'a long one here',
  });
  return { first, other, admin };
}

/** The administrator's session at another process. */
export function pageAt({ port }: TestServer, admin: Page) {
  const origin = `http://localhost:${port}`;
  const headers = { cookie: admin.cookie(), origin, 'x-csrf-token': admin.csrf() };
  return {
    request: <Body = Record<string, unknown>>(method: string, path: string, body?: object) =>
      createPage(`${origin}/api/v1`, origin).request<Body>(method, path, body, headers),
  };
}

export async function startCloud(vendor: Vendor = cloud(KEY, MODELS)) {
  const endpoint = await startVendorEndpoint(vendor);
  stops.push(endpoint.stop);
  return endpoint;
}

export const settingsOf = (baseUrl: string, more: Partial<ModelSettings> = {}): ModelSettings => ({
  ...{ baseUrl, chains: CHAINS, models: [], allowOutsideLimits: false },
  ...more,
});
export const save = (admin: Page, settings: ModelSettings, expectedVersion: number, apiKey?: string | null) =>
  admin.request<ModelSettingsView & { message?: string }>('POST', '/model-settings', {
    ...{ settings, expectedVersion },
    ...(apiKey === undefined ? {} : { apiKey }),
  });
export const read = async (admin: Page) => (await admin.request<ModelSettingsView>('GET', '/model-settings')).body;

/** The lines of a check. */
export async function check({ port }: TestServer, admin: Page, body: object): Promise<ModelCheckEvent[]> {
  const origin = `http://localhost:${port}`;
  const response = await fetch(`${origin}/api/v1/model-settings/check`, {
    method: 'POST',
    headers: { origin, cookie: admin.cookie(), 'x-csrf-token': admin.csrf(), 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(200);
  return (await response.text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}
export const faultsOf = (events: readonly ModelCheckEvent[]) =>
  events.flatMap((event) => ('line' in event && event.line.level === 'fault' ? [event.line] : []));

export async function modeOf({ port }: TestServer): Promise<string> {
  const client = await connectWidget(port);
  client.close();
  return client.start.mode;
}

/** What a visitor of this process is answered. */
export async function answerOf({ port }: TestServer, question: string): Promise<string> {
  const client = await connectWidget(port);
  const sent = await client.send(question);
  const turnId = sent.ok ? (sent.turnId ?? '') : '';
  await client.received((event) => event.type === 'turn-end' && event.turnId === turnId);
  client.close();
  return client.text(turnId);
}
