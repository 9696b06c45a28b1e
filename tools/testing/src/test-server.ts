/** The web process as production builds it, on a free port, with a scripted model endpoint and its own Redis. */
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultConfig } from '@firstword/server/config/config';
import { createConfiguredSites } from '@firstword/server/configured-sites';
import { parseArticle } from '@firstword/server/knowledge/markdown-article';
import type { Records } from '@firstword/server/records/records';
import { startWebApp } from '@firstword/server/web/web-app';
import type { WebApp, WebAppSettings } from '@firstword/server/web/web-settings';
import { type Site, siteSchema } from '@firstword/shared/site';
import { noLimits } from './no-limits.ts';
import { type RedisServer, startRedisServer } from './redis-server.ts';
import { silentLog } from './silent-log.ts';
import { type SpokenEndpoint, startSpokenEndpoint } from './spoken-endpoint.ts';
import { recordsBeside } from './test-records.ts';

export const SITE_ORIGIN = 'https://shop.example';

const ARTICLES = [
  ['returns', 'Returns', 'You may return an item within 30 days. Returns are free in the EU.'],
  ['delivery', 'Delivery times', 'Parcels arrive within 2 to 4 working days. Large items take 10 days.'],
].map(([id, title, body]) =>
  parseArticle(`---\nid: ${id}\ntitle: ${title}\n---\n${body}`, `${id}.md`, (name) => `/help/${name}`),
);

const SITES = [
  siteSchema.parse({ id: 'acme', name: 'Acme', allowedOrigins: [SITE_ORIGIN], identitySecret: 'x'.repeat(32) }),
  siteSchema.parse({ id: 'other', name: 'Other', allowedOrigins: ['https://other.example'] }),
];
const APP_SECRET = 'a secret of this run alone';

/** A test's changes; `limits` and `routing` are merged with the defaults. */
export type TestSettings = Partial<Omit<WebAppSettings, 'limits' | 'routing' | 'sites'>> & {
  /** Those of the configuration file. */
  readonly sites?: readonly Site[];
  /** Settings that the file names of each site; all of a site that is missing. */
  readonly namedSettings?: ReadonlyMap<string, readonly string[]>;
  /** Whose folder `files` has the uploads. */
  readonly dataDir?: string;
  readonly limits?: Partial<WebAppSettings['limits']>;
  readonly routing?: Partial<WebAppSettings['routing']>;
};

const DEFAULTS = defaultConfig();
/** No load shedding, so that a busy machine doesn't change results, and no limits of an address, which all visitors share. */
const LIMITS = {
  ...DEFAULTS.limits,
  loopLagMs: Number.POSITIVE_INFINITY,
  redisMs: Number.POSITIVE_INFINITY,
  connectionsPerAddress: DEFAULTS.limits.connections,
  perMinute: noLimits(),
  provenMessagesPerAddressHour: Number.POSITIVE_INFINITY,
  agentRequestsPerAddressHour: Number.POSITIVE_INFINITY,
  ticketsPerAddressHour: Number.POSITIVE_INFINITY,
};
/** One request per answer. */
const ROUTING: WebAppSettings['routing'] = {
  ...DEFAULTS.routing,
  hedge: { mode: 'off', deadlineMs: 400, budgetShare: 0 },
  answerCache: { ttlSeconds: 0, entries: 1 },
};

export interface WebInstance extends WebApp {
  /** Those of all servers on its Redis, unless others were given. */
  readonly records: Records;
  /** Closes it and removes its files. */
  stop(): Promise<void>;
}

export interface TestServer extends WebInstance {
  readonly redis: RedisServer;
  readonly endpoint: SpokenEndpoint;
}

/** Starts its own Redis and endpoint unless they are given, and stops them with the server. */
export async function startTestServer(
  changes: TestSettings & { redis?: RedisServer; endpointServer?: SpokenEndpoint } = {},
): Promise<TestServer> {
  const { redis: givenRedis, endpointServer, ...settings } = changes;
  const redis = givenRedis ?? (await startRedisServer());
  const endpoint = endpointServer ?? (await startSpokenEndpoint());
  const web = await startWeb({
    redisUrl: redis.url,
    endpoint: { id: 'odd', baseUrl: endpoint.baseUrl, apiKey: 'test-key' },
    ...settings,
    limits: { messagesPerMinute: 1000, runningTurns: 100, ...settings.limits },
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

/** Starts a web process with the given Redis and endpoint. Several in one test share nothing else. */
export function startInstance(
  redisUrl: string,
  endpoint: { readonly baseUrl: string },
  changes: TestSettings = {},
): Promise<WebInstance> {
  return startWeb({
    redisUrl,
    endpoint: { id: 'paced', baseUrl: endpoint.baseUrl },
    ...changes,
    limits: { messagesPerMinute: 100_000, runningTurns: 1000, ...changes.limits },
  });
}

async function startWeb(settings: TestSettings & Pick<WebAppSettings, 'redisUrl' | 'endpoint'>): Promise<WebInstance> {
  const { sites = SITES, namedSettings, ...given } = settings;
  // Created with the first file.
  const records = settings.records ?? recordsBeside(settings.redisUrl);
  const dataDir = settings.dataDir ?? join(tmpdir(), `firstword-files-${randomUUID()}`);
  const app = await startWebApp({
    ...DEFAULTS,
    port: 0,
    appSecret: APP_SECRET,
    redisPrefix: 'test',
    records,
    mode: 'live',
    articles: ARTICLES,
    mail: { smtpUrl: undefined, from: 'support@shop.example' },
    folders: { widget: tmpdir(), console: tmpdir() },
    log: silentLog,
    ...given,
    sites: createConfiguredSites({
      ...DEFAULTS,
      budgets: settings.budgets ?? DEFAULTS.budgets,
      sites,
      ...(namedSettings === undefined ? {} : { namedSettings }),
      appSecret: given.appSecret ?? APP_SECRET,
      log: silentLog,
    }),
    filesDir: join(dataDir, 'files'),
    limits: { ...LIMITS, ...settings.limits },
    routing: { ...ROUTING, ...settings.routing },
  });
  return {
    ...app,
    records,
    async stop() {
      await app.close();
      if (settings.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
    },
  };
}
