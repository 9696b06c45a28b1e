/** A worker's settings for tests: the default models, and times so short that losing a worker is noticed in a second. */
import { createLog } from '../src/lib/log.ts';
import { createModelRegistry } from '../src/routing/model-registry.ts';
import { DEFAULT_TIERS } from '../src/routing/tiers.ts';
import type { WorkerAppSettings } from '../src/worker-app.ts';

export type GivenSettings = Pick<WorkerAppSettings, 'redisUrl' | 'redisPrefix' | 'endpoint'> &
  Partial<WorkerAppSettings>;

export function workerSettings(given: GivenSettings): WorkerAppSettings {
  return {
    tiers: DEFAULT_TIERS,
    models: createModelRegistry([]),
    articles: [],
    siteIds: ['acme'],
    region: 'us-east',
    sweepMs: 300,
    orphanMs: 600,
    queue: { backoffMs: 50 },
    ...given,
    worker: { lockMs: 1500, stalledCheckMs: 500, ...given.worker },
    log: createLog('silent'),
  };
}
