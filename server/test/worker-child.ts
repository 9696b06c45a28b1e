/** A worker process for tests, set up by one JSON argument; says `ready` when it works. */
import { createLog } from '../src/lib/log.ts';
import { createModelBook } from '../src/routing/model-book.ts';
import { DEFAULT_TIERS } from '../src/routing/tiers.ts';
import { startWorkerApp, type WorkerAppSettings } from '../src/worker-app.ts';

const given: Pick<WorkerAppSettings, 'redisUrl' | 'redisPrefix' | 'endpoint'> & Partial<WorkerAppSettings> = JSON.parse(
  process.argv[2] ?? '{}',
);
const app = await startWorkerApp({
  tiers: DEFAULT_TIERS,
  models: createModelBook([]),
  articles: [],
  region: 'us-east',
  sweepMs: 300,
  orphanMs: 600,
  worker: { lockMs: 1500, stalledCheckMs: 500 },
  queue: { backoffMs: 50 },
  ...given,
  log: createLog('silent'),
});
process.on('SIGTERM', () => void app.close().then(() => process.exit(0)));
process.stdout.write('ready\n');
