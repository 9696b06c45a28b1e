/** The thread of `password-pool.ts`: receives passwords and answers with their keys. */
import { constants, setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { deriveKey, type KeyRequest } from './derive-key.ts';

// On Linux this applies to the calling thread alone: where processors are short, visitors come first.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

parentPort?.on('message', (request: KeyRequest) => {
  parentPort?.postMessage(deriveKey(request));
});
