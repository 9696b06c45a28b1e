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
import { type SpokenEndpoint, startSpokenEndpoint } from './spoken-endpoint.ts';
import { silentLog, startTestRedis, type TestRedis } from './test-redis.ts';

export const SITE_ORIGIN = 'https://shop.example';

const ARTICLES = [
  ['returns', 'Returns', 'You may return an item within 30 days. Returns are free in the EU.'],
  ['delivery', 'Delivery times', 'Parcels arrive within 2 to 4 working days. Large items take 10 days.'],
].map(([id, title, body]) =>
  parseArticle(`---\nid: ${id}\ntitle: ${title}\n---\n${body}`, `${id}.md`, (name) => `/help/${name}`),
);

export interface TestServer extends WebApp {
  readonly redis: TestRedis;
  readonly endpoint: SpokenEndpoint;
  stop(): Promise<void>;
}

export async function startTestServer(
  changes: Partial<WebAppSettings> & { redis?: TestRedis; endpointServer?: SpokenEndpoint } = {},
): Promise<TestServer> {
  // Made when the first file comes.
  const dataDir = changes.dataDir ?? join(tmpdir(), `firstword-files-${randomUUID()}`);
  const redis = changes.redis ?? (await startTestRedis());
  const endpoint = changes.endpointServer ?? (await startSpokenEndpoint());
  const app = await startWebApp({
    host: '127.0.0.1',
    port: 0,
    redisUrl: redis.url,
    appSecret: 'a secret of this run alone',
    redisPrefix: 'test',
    endpoint: { id: 'odd', baseUrl: endpoint.baseUrl, apiKey: 'test-key' },
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
    limits: { messagesPerMinute: 1000, runningTurns: 100 },
    budgets: { degradeAt: 0.8, stopped: false, sites: {} },
    objective: { withinMs: 400, share: 0.95 },
    mail: { smtpUrl: undefined, from: 'support@shop.example' },
    trustProxy: false,
    dataDir,
    folders: { widget: tmpdir(), console: tmpdir() },
    log: silentLog,
    ...changes,
  });
  return {
    ...app,
    redis,
    endpoint,
    async stop() {
      await app.close();
      if (changes.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
      if (changes.endpointServer === undefined) await endpoint.stop();
      if (changes.redis === undefined) await redis.stop();
    },
  };
}
