/** A worker in a process of its own, to be killed or frozen; set up by one JSON argument, says `ready` when it works. */
import { startWorkerApp } from '../src/worker-app.ts';
import { type GivenSettings, workerSettings } from './worker-settings.ts';

const given: GivenSettings = JSON.parse(process.argv[2] ?? '{}');
const app = await startWorkerApp(workerSettings(given));
process.on('SIGTERM', () => void app.close().then(() => process.exit(0)));
process.stdout.write('ready\n');
