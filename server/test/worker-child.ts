/** A worker in its own process, for tests that kill or freeze it. Takes one JSON argument; prints `ready` once it works. */
import { startWorkerApp } from '../src/worker-app.ts';
import { type GivenSettings, workerSettings } from './worker-settings.ts';

const given: GivenSettings = JSON.parse(process.argv[2] ?? '{}');
const app = await startWorkerApp(workerSettings(given));
process.on('SIGTERM', () => void app.close().then(() => process.exit(0)));
process.stdout.write('ready\n');
