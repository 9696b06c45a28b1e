/** A lock for each folder: only one command installs or builds at a time. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * The lock is a listening socket: the system closes it when its holder dies, and the waiting processes see it close.
 * @template T
 * @param {string} root
 * @param {(announce: import('./steps.mjs').Announce) => Promise<T>} work
 * @returns {(announce: import('./steps.mjs').Announce) => Promise<T>}
 */
export function oneAtATime(root, work) {
  const name = createHash('sha256').update(`${process.getuid?.()} ${root}`).digest('hex').slice(0, 16);
  const path = join(tmpdir(), `firstword-setup-${name}.sock`);
  return async (announce) => {
    const waiting = new Set();
    const lock = createServer((other) => {
      waiting.add(other);
      other.on('error', () => {}); // it stopped waiting
    });
    while (!(await listens(lock, path)))
      await ended(path, () => announce('Waiting for another command that installs or builds in this folder'));
    try {
      return await work(announce);
    } finally {
      lock.close();
      for (const other of waiting) other.destroy();
    }
  };
}

/**
 * @param {import('node:net').Server} lock
 * @param {string} path
 */
function listens(lock, path) {
  return new Promise((resolve, reject) => {
    lock.once('error', (/** @type {NodeJS.ErrnoException} */ error) => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(error);
    });
    lock.listen(path, () => resolve(true));
  });
}

/**
 * Waits until the holder is done. Removes the socket of a holder that was killed.
 * @param {string} path
 * @param {() => void} onWait
 */
async function ended(path, onWait) {
  const holder = connect(path);
  try {
    await once(holder, 'connect');
    onWait();
    await once(holder.resume(), 'close');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ECONNREFUSED') rmSync(path, { force: true });
    else if (code !== 'ENOENT' && code !== 'ECONNRESET') throw error;
  }
}
