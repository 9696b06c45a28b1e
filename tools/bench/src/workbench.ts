/** What benchmarks run against: the product's own processes, on loopback, in a folder that goes with them. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readArticles } from '@firstword/server/knowledge/article';
import { createLog } from '@firstword/server/lib/log';
import { startChildServer } from '@firstword/server/local/child-server';
import { createPrivateRedis } from '@firstword/server/local/private-redis';
import { createModelRegistry } from '@firstword/server/routing/model-registry';
import { DEFAULT_TIERS } from '@firstword/server/routing/tiers';
import { startWebApp } from '@firstword/server/web-app';
import type { WebApp, WebAppSettings } from '@firstword/server/web-settings';
import { siteSchema } from '@firstword/shared/site';

export const BENCH_ORIGIN = 'http://bench.localhost';

export interface Workbench {
  readonly engineUrl: string;
  /** A web process' parts, in this process; close it with the workbench. */
  startWeb(changes?: Partial<WebAppSettings>): Promise<WebApp>;
  close(): Promise<void>;
}

/** @param pace of the demo engine: `real` is the reference timing */
export async function createWorkbench(pace: 'real' | 'instant'): Promise<Workbench> {
  const log = createLog('error');
  const dataDir = await mkdtemp(join(tmpdir(), 'firstword-bench-'));
  const redis = createPrivateRedis({ dataDir, log });
  await redis.ready;
  const engine = await startChildServer({
    name: 'The demo engine',
    entry: fileURLToPath(new URL('../../demo/src/demo-engine-main.ts', import.meta.url)),
    // The child reads TypeScript, too.
    env: { ...process.env, DEMO_PACE: pace, NODE_OPTIONS: `--import ${import.meta.resolve('tsx')}` },
    log,
  });
  const engineUrl = `http://127.0.0.1:${engine.port}/v1`;
  const articles = await readArticles(
    fileURLToPath(new URL('../../demo/content/articles', import.meta.url)),
    (id) => `/help/${id}`,
  );
  const apps: WebApp[] = [];
  return {
    engineUrl,
    async startWeb(changes = {}) {
      const app = await startWebApp({
        host: '127.0.0.1',
        port: 0,
        redisUrl: `unix://${redis.path}`,
        appSecret: 'a secret of this run alone',
        redisPrefix: `bench-${apps.length}`,
        endpoint: { id: 'engine', baseUrl: engineUrl },
        mode: 'demo',
        publicUrl: undefined,
        sites: () => [siteSchema.parse({ id: 'bench', name: 'Bench', allowedOrigins: [BENCH_ORIGIN] })],
        articles,
        tiers: DEFAULT_TIERS,
        models: createModelRegistry([]),
        routing: { mode: 'speculative', holdCapMs: 220, defaultRegion: 'us-east' },
        limits: { messagesPerMinute: 100_000, runningTurns: 10_000 },
        budgets: { degradeAt: 0.8, stopped: false, sites: {} },
        objective: { withinMs: 400, share: 0.95 },
        mail: { smtpUrl: undefined, from: 'support@shop.example' },
        trustProxy: false,
        dataDir,
        folders: { widget: dataDir, console: dataDir },
        log,
        ...changes,
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
