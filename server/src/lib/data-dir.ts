/** The folder in which one Firstword keeps what must outlive it: locked to one process, private to one user. */
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { join, resolve } from 'node:path';

export interface DataDir {
  /** Absolute. */
  readonly path: string;
  /**
   * The secret of that name, made on first use and the same ever after: 32 random bytes as 43 characters of base64url.
   * @throws when its file was damaged: a new secret in silence would end every session.
   */
  secret(name: string): string;
  /** Gives the folder free for another process. */
  release(): void;
}

/**
 * Creates the folder where it is missing (mode 700) and takes its lock. Synchronous: it is used while starting, before
 * anything else could be waiting.
 * @throws when a living process holds the lock, in a line fit to be shown.
 */
export function createDataDir(path: string): DataDir {
  const folder = resolve(path);
  const lockFile = join(folder, 'lock');
  const own = identityOf(process.pid) ?? String(process.pid);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  takeLock(folder, lockFile, own);
  return {
    path: folder,
    secret: (name) => secretIn(folder, name),
    release() {
      if (readIfPresent(lockFile) === own) unlinkSync(lockFile);
    },
  };
}

/**
 * The same as `DataDir.secret`, for a process that does not hold the folder: a command beside a running server, or one
 * of several servers on one Redis.
 */
export function secretIn(path: string, name: string): string {
  const folder = resolve(path);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return keptSecret(join(folder, `${name}.secret`));
}

function takeLock(folder: string, lockFile: string, own: string): void {
  while (!createWhole(lockFile, own)) {
    const holder = readIfPresent(lockFile);
    if (holder === undefined) continue; // released between the two calls
    const pid = Number.parseInt(holder, 10);
    if (identityOf(pid) === holder)
      throw new Error(`${folder} is in use by another Firstword (pid ${pid}): choose another with DATA_DIR`);
    takeStaleAside(lockFile, holder);
  }
}

/** Another start may have replaced the stale lock meanwhile: then what was moved aside is put back. */
function takeStaleAside(lockFile: string, stale: string): void {
  const aside = `${lockFile}.${process.pid}`;
  try {
    renameSync(lockFile, aside);
    if (readFileSync(aside, 'utf8') !== stale) linkSync(aside, lockFile);
    unlinkSync(aside);
  } catch (error) {
    if (!hasCode(error, 'ENOENT') && !hasCode(error, 'EEXIST')) throw error;
  }
}

/**
 * A pid, and where the system tells it the time the process started at: pids come again after a reboot and in every
 * container. Undefined: no such process.
 */
function identityOf(pid: number): string | undefined {
  if (!(pid > 0)) return undefined;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!hasCode(error, 'EPERM')) return undefined; // EPERM: it lives, as another user's
  }
  const stat = readIfPresent(`/proc/${pid}/stat`);
  if (stat === undefined) return String(pid);
  // The name stands in parentheses and may hold spaces; after it the state, and the start time as the 20th field.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // Z: dead, and kept by a parent that does not ask for its end, as the first process of many containers does not.
  return fields[0] === 'Z' ? undefined : `${pid} ${fields[19]}`;
}

function keptSecret(file: string): string {
  createWhole(file, randomBytes(32).toString('base64url'));
  const secret = readFileSync(file, 'utf8').trim();
  if (!/^[\w-]{43}$/.test(secret)) throw new Error(`${file} is damaged: put the old file back, or delete it`);
  return secret;
}

/** Writes a new file such that it is never seen half written. False: it is there already, and stays as it is. */
function createWhole(file: string, text: string): boolean {
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  const descriptor = openSync(draft, 'wx', 0o600);
  try {
    writeSync(descriptor, text);
    fsyncSync(descriptor);
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    closeSync(descriptor);
    unlinkSync(draft);
  }
}

function readIfPresent(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ESRCH')) return undefined;
    throw error;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
