/** The thread of `text-worker.ts`: receives the input of a task and answers with its output. */
import { parentPort } from 'node:worker_threads';
import { runTextJob, type TextJob } from './text-worker.ts';

parentPort?.on('message', (job: TextJob) => {
  parentPort?.postMessage(runTextJob(job));
});
