/** The thread of `password-pool.ts`: receives passwords and answers with their keys. */
import { setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { deriveKey, type KeyRequest } from './derive-key.ts';

/** Where processors are short, visitors come first, and a sign-in still gets about a quarter of one. */
const NICE = 5;

// On Linux this applies to the calling thread alone.
if (process.platform === 'linux') setPriority(NICE);

parentPort?.on('message', (request: KeyRequest) => {
  parentPort?.postMessage(deriveKey(request));
});
