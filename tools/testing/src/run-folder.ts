/** A folder for the databases of one test run, in memory where the system has room there. */
import { accessSync, constants, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Linux has it. Containers often limit it to 64 MB. */
const IN_MEMORY = '/dev/shm';
/** A run needs a fifth of it. */
const ROOM_BYTES = 2 * 1024 ** 3;
const NAME = /^firstword-run-(\d+)-/;

/** @param inMemory the system's folder in memory @param roomBytes what must be free there */
export function createRunFolder(inMemory = IN_MEMORY, roomBytes = ROOM_BYTES): string {
  const parent = hasRoom(inMemory, roomBytes) ? inMemory : tmpdir();
  removeThoseOfKilledRuns(parent);
  return mkdtempSync(join(parent, `firstword-run-${process.pid}-`));
}

function hasRoom(folder: string, roomBytes: number): boolean {
  try {
    accessSync(folder, constants.W_OK);
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize >= roomBytes;
  } catch {
    return false;
  }
}

/** They would take up memory until the machine restarts. */
function removeThoseOfKilledRuns(parent: string): void {
  for (const name of readdirSync(parent)) {
    const pid = NAME.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) remove(join(parent, name));
  }
}

function remove(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // Of another user.
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
