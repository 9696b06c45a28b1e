/** The web process as production builds it, on a free port, with a scripted model endpoint and its own Redis. */
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArticle } from '@firstword/server/knowledge/article';
import { createModelRegistry } from '@firstword/server/routing/model-registry';
import { DEFAULT_TIERS } from '@firstword/server/routing/tiers';
import { startWebApp } from '@firstword/server/web-app';
import type { WebApp, WebAppSettings } from '@firstword/server/web-settings';
import { siteSchema } from '@firstword/shared/site';
import { type RedisServer, startRedisServer } from './redis-server.ts';
import { silentLog } from './silent-log.ts';
import { type SpokenEndpoint, startSpokenEndpoint } from './spoken-endpoint.ts';

export const SITE_ORIGIN = 'https://shop.example';

const ARTICLES = [
  ['returns', 'Returns', 'You may return an item within 30 days. Returns are free in the EU.'],
  ['delivery', 'Delivery times', 'Parcels arrive within 2 to 4 working days. Large items take 10 days.'],
].map(([id, title, body]) =>
  parseArticle(`---\nid: ${id}\ntitle: ${title}\n---\n${body}`, `${id}.md`, (name) => `/help/${name}`),
);

export interface WebInstance extends WebApp {
  /** Closes it and removes its files. */
  stop(): Promise<void>;
}

export interface TestServer extends WebInstance {
  readonly redis: RedisServer;
  readonly endpoint: SpokenEndpoint;
}

/** With a Redis and an endpoint of its own, which end with it, unless they are given. */
export async function startTestServer(
  changes: Partial<WebAppSettings> & { redis?: RedisServer; endpointServer?: SpokenEndpoint } = {},
): Promise<TestServer> {
  const { redis: givenRedis, endpointServer, ...settings } = changes;
  const redis = givenRedis ?? (await startRedisServer());
  const endpoint = endpointServer ?? (await startSpokenEndpoint());
  const web = await startWeb({
    redisUrl: redis.url,
    endpoint: { id: 'odd', baseUrl: endpoint.baseUrl, apiKey: 'test-key' },
    limits: { messagesPerMinute: 1000, runningTurns: 100 },
    ...settings,
  });
  return {
    ...web,
    redis,
    endpoint,
    async stop() {
      await web.stop();
      if (endpointServer === undefined) await endpoint.stop();
      if (givenRedis === undefined) await redis.stop();
    },
  };
}

/** A web process over a given Redis and endpoint. Several in one test are as separate as on several machines. */
export function startInstance(
  redisUrl: string,
  endpoint: { readonly baseUrl: string },
  changes: Partial<WebAppSettings> = {},
): Promise<WebInstance> {
  return startWeb({
    redisUrl,
    endpoint: { id: 'paced', baseUrl: endpoint.baseUrl },
    limits: { messagesPerMinute: 100_000, runningTurns: 1000 },
    ...changes,
  });
}

async function startWeb(
  settings: Partial<WebAppSettings> & Pick<WebAppSettings, 'redisUrl' | 'endpoint' | 'limits'>,
): Promise<WebInstance> {
  // Made when the first file comes.
  const dataDir = settings.dataDir ?? join(tmpdir(), `firstword-files-${randomUUID()}`);
  const app = await startWebApp({
    host: '127.0.0.1',
    port: 0,
    appSecret: 'a secret of this run alone',
    redisPrefix: 'test',
    mode: 'live',
    publicUrl: undefined,
    sites: () => [
      siteSchema.parse({ id: 'acme', name: 'Acme', allowedOrigins: [SITE_ORIGIN], identitySecret: 'x'.repeat(32) }),
      siteSchema.parse({ id: 'other', name: 'Other', allowedOrigins: ['https://other.example'] }),
    ],
    articles: ARTICLES,
    tiers: DEFAULT_TIERS,
    models: createModelRegistry([]),
    routing: { mode: 'speculative', holdCapMs: 220, defaultRegion: 'us-east' },
    budgets: { degradeAt: 0.8, stopped: false, sites: {} },
    objective: { withinMs: 400, share: 0.95 },
    mail: { smtpUrl: undefined, from: 'support@shop.example' },
    trustProxy: false,
    folders: { widget: tmpdir(), console: tmpdir() },
    log: silentLog,
    ...settings,
    dataDir,
  });
  return {
    ...app,
    async stop() {
      await app.close();
      if (settings.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
    },
  };
}
