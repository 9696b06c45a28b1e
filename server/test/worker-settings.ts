/** Settings of a worker for tests: the default models, and short times, so that a lost worker is noticed within a second. */
import { defaultConfig } from '../src/config/config.ts';
import { createLog } from '../src/lib/log.ts';
import type { WorkerAppSettings } from '../src/worker-app.ts';

export type GivenSettings = Pick<WorkerAppSettings, 'redisUrl' | 'records' | 'redisPrefix' | 'endpoint'> &
  Partial<WorkerAppSettings>;

export function workerSettings(given: GivenSettings): WorkerAppSettings {
  const { tiers, models, routing } = defaultConfig();
  return {
    tiers,
    models,
    mode: 'live',
    appSecret: 'a secret of this run alone',
    articles: [],
    sites: { sites: new Map(), apply() {} },
    region: routing.defaultRegion,
    sweepMs: 300,
    orphanMs: 600,
    queue: { backoffMs: 50 },
    ...given,
    worker: { lockMs: 1500, stalledCheckMs: 500, ...given.worker },
    log: createLog('silent'),
  };
}
