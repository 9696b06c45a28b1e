/** The thread of `index-builder.ts`: receives articles and answers with their index in shared memory. */
import { parentPort } from 'node:worker_threads';
import { type IndexJob, type IndexResult, packSource } from './index-builder.ts';

parentPort?.on('message', ({ id, source }: IndexJob) => {
  parentPort?.postMessage(answer(id, source));
});

function answer(id: number, source: IndexJob['source']): IndexResult {
  try {
    return { id, packed: packSource(source) };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) };
  }
}
