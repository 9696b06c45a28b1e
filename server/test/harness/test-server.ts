/** The web process as production builds it, on a free port, with a scripted model endpoint and its own Redis. */
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { siteSchema } from '@firstword/shared/site';
import { type OddEndpoint, startOddEndpoint } from '@firstword/testing/odd-endpoint';
import { defaultConfig } from '../../src/config.ts';
import { parseArticle } from '../../src/knowledge/article.ts';
import { startWebApp } from '../../src/web-app.ts';
import type { WebApp, WebAppSettings } from '../../src/web-settings.ts';
import { silentLog, startTestRedis, type TestRedis } from './private-redis.ts';

export const SITE_ORIGIN = 'https://shop.example';

const ARTICLES = [
  ['returns', 'Returns', 'You may return an item within 30 days. Returns are free in the EU.'],
  ['delivery', 'Delivery times', 'Parcels arrive within 2 to 4 working days. Large items take 10 days.'],
].map(([id, title, body]) =>
  parseArticle(`---\nid: ${id}\ntitle: ${title}\n---\n${body}`, `${id}.md`, (name) => `/help/${name}`),
);

export interface TestServer extends WebApp {
  readonly redis: TestRedis;
  readonly endpoint: OddEndpoint;
  stop(): Promise<void>;
}

/** What a test changes; of `limits` and `routing` it needs to name only what it means. */
export type TestSettings = Partial<Omit<WebAppSettings, 'limits' | 'routing'>> & {
  readonly limits?: Partial<WebAppSettings['limits']>;
  readonly routing?: Partial<WebAppSettings['routing']>;
};

const DEFAULTS = defaultConfig();
/** A busy machine must not change what a test sees. */
const LIMITS = {
  ...DEFAULTS.limits,
  messagesPerMinute: 1000,
  runningTurns: 100,
  loopLagMs: Number.POSITIVE_INFINITY,
  redisMs: Number.POSITIVE_INFINITY,
};
/** One request for each answer. */
const ROUTING: WebAppSettings['routing'] = {
  ...DEFAULTS.routing,
  hedge: { mode: 'off', deadlineMs: 400, budgetShare: 0 },
  answerCache: { ttlSeconds: 0, entries: 1 },
};

export async function startTestServer(
  changes: TestSettings & { redis?: TestRedis; endpointServer?: OddEndpoint } = {},
): Promise<TestServer> {
  // Made when the first file comes.
  const dataDir = changes.dataDir ?? join(tmpdir(), `firstword-files-${randomUUID()}`);
  const redis = changes.redis ?? (await startTestRedis());
  const endpoint = changes.endpointServer ?? (await startOddEndpoint());
  const app = await startWebApp({
    ...DEFAULTS,
    port: 0,
    redisUrl: redis.url,
    appSecret: 'a secret of this run alone',
    redisPrefix: 'test',
    endpoint: { id: 'odd', baseUrl: endpoint.baseUrl, apiKey: 'test-key' },
    mode: 'live',
    sites: () => [
      siteSchema.parse({ id: 'acme', name: 'Acme', allowedOrigins: [SITE_ORIGIN], identitySecret: 'x'.repeat(32) }),
      siteSchema.parse({ id: 'other', name: 'Other', allowedOrigins: ['https://other.example'] }),
    ],
    articles: ARTICLES,
    mail: { smtpUrl: undefined, from: 'support@shop.example' },
    dataDir,
    folders: { widget: tmpdir(), console: tmpdir() },
    log: silentLog,
    ...changes,
    limits: { ...LIMITS, ...changes.limits },
    routing: { ...ROUTING, ...changes.routing },
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
