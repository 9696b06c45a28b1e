/** The product's own processes for benchmarks: on loopback, with a temporary data folder. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defaultConfig } from '@firstword/server/config/config';
import { createConfiguredSites } from '@firstword/server/configured-sites';
import { readArticleFolder } from '@firstword/server/knowledge/read-articles';
import { createLog } from '@firstword/server/lib/log';
import { startChildServer } from '@firstword/server/local/child-server';
import { createPrivateRedis } from '@firstword/server/local/private-redis';
import { createMemoryRecords } from '@firstword/server/records/memory-records';
import { startWebApp } from '@firstword/server/web/web-app';
import type { WebApp, WebAppSettings } from '@firstword/server/web/web-settings';
import { type Site, siteSchema } from '@firstword/shared/site';
import { noLimits } from '@firstword/testing/no-limits';

export const BENCH_ORIGIN = 'http://bench.localhost';
export const BENCH_SITES: readonly Site[] = [
  siteSchema.parse({ id: 'bench', name: 'Bench', allowedOrigins: [BENCH_ORIGIN] }),
];
export const APP_SECRET = 'a secret of this run alone';

const defaults = defaultConfig();
/** Defaults for benchmarks: one request per answer, and no refusals. */
const NO_HEDGE = { mode: 'off', deadlineMs: 400, budgetShare: 0 } as const;
const NO_CACHE = { ttlSeconds: 0, entries: 1 };
const LIMITS = {
  messagesPerMinute: 100_000,
  runningTurns: 10_000,
  loopLagMs: Number.POSITIVE_INFINITY,
  redisMs: Number.POSITIVE_INFINITY,
  connections: 100_000,
  connectionsPerAddress: 100_000,
  perMinute: noLimits(),
};

/** A benchmark's changes; `routing` is merged with the defaults. */
type WebChanges = Partial<Omit<WebAppSettings, 'routing' | 'sites'>> & {
  readonly sites?: readonly Site[];
  readonly routing?: Partial<WebAppSettings['routing']>;
};

export interface Workbench {
  readonly engineUrl: string;
  readonly redisUrl: string;
  /** Starts the web app in this process. It is closed with the workbench. */
  startWeb(changes?: WebChanges): Promise<WebApp>;
  close(): Promise<void>;
}

/** @param pace of the demo engine: `real` is the reference timing */
export async function createWorkbench(pace: 'real' | 'instant'): Promise<Workbench> {
  const log = createLog('error');
  const dataDir = await mkdtemp(join(tmpdir(), 'firstword-bench-'));
  const redis = createPrivateRedis({ dataDir, log });
  await redis.ready;
  const redisUrl = `unix://${redis.path}`;
  const engine = await startChildServer({
    name: 'The demo engine',
    entry: fileURLToPath(new URL('../../demo/src/demo-engine-main.ts', import.meta.url)),
    // The child runs TypeScript, too.
    env: { ...process.env, DEMO_PACE: pace, NODE_OPTIONS: `--import ${import.meta.resolve('tsx')}` },
    log,
  });
  const engineUrl = `http://127.0.0.1:${engine.port}/v1`;
  const { articles } = await readArticleFolder(
    fileURLToPath(new URL('../../demo/content/articles', import.meta.url)),
    (id) => `/help/${id}`,
  );
  const apps: WebApp[] = [];
  return {
    engineUrl,
    redisUrl,
    async startWeb({ sites = BENCH_SITES, ...changes } = {}) {
      const app = await startWebApp({
        ...defaults,
        port: 0,
        redisUrl,
        appSecret: APP_SECRET,
        redisPrefix: `bench-${apps.length}`,
        records: createMemoryRecords(),
        endpoint: { id: 'engine', baseUrl: engineUrl },
        mode: 'demo',
        articles,
        limits: { ...defaults.limits, ...LIMITS },
        filesDir: join(dataDir, 'files'),
        folders: { widget: dataDir, console: dataDir },
        log,
        ...changes,
        sites: createConfiguredSites({ ...defaults, sites, appSecret: APP_SECRET, log }),
        routing: { ...defaults.routing, hedge: NO_HEDGE, answerCache: NO_CACHE, ...changes.routing },
      });
      apps.push(app);
      return app;
    },
    async close() {
      for (const app of apps) await app.close();
      await engine.stop();
      await redis.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
