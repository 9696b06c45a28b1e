/** A worker in its own process, for tests that kill or freeze it. Takes one JSON argument; prints `ready` once it works. */
import { createLog } from '../src/lib/log.ts';
import { openRecords } from '../src/records/records.ts';
import { startWorkerApp } from '../src/worker-app.ts';
import { type GivenSettings, workerSettings } from './worker-settings.ts';

const { databaseUrl, ...given }: Omit<GivenSettings, 'records'> & { databaseUrl: string } = JSON.parse(
  process.argv[2] ?? '{}',
);
const records = await openRecords({ url: databaseUrl, localeOf: () => 'en', log: createLog('silent') });
const app = await startWorkerApp(workerSettings({ ...given, records }));
process.on('SIGTERM', () => void app.close().then(() => process.exit(0)));
process.stdout.write('ready\n');
