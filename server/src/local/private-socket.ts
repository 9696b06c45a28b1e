/** Where a private server of a data folder listens: a unix socket that only this user can reach. */
import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The system's limit for a socket's path is 108 bytes on Linux and 104 elsewhere. */
const SOCKET_PATH_MAX_BYTES = 100;

/** In the folder, or in the system's temporary folder where that path would be too long. */
export function privateSocketPath(folder: string, name: string): string {
  const path = join(folder, name);
  if (Buffer.byteLength(path) <= SOCKET_PATH_MAX_BYTES) return path;
  const hash = createHash('sha256').update(path).digest('hex').slice(0, 16);
  return join(tmpdir(), `firstword-${hash}`, name);
}

/**
 * Creates the folder of a socket.
 * @param owners ids of users who may own it, besides the user of this process
 * @throws Error if another user owns it: a name in the shared temporary folder can be guessed
 */
export function makeSocketFolder(socketPath: string, owners: readonly number[] = []): void {
  const folder = dirname(socketPath);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const found = lstatSync(folder);
  const isOurs = found.uid === process.getuid?.() || owners.includes(found.uid);
  if (!found.isDirectory() || !isOurs || (found.mode & 0o077) !== 0)
    throw new Error(
      `${folder}: belongs to another user, or other users may read it. Remove it, or set a shorter DATA_DIR.`,
    );
}
