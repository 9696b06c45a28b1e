/** The data folder of one installation: locked to one process, readable by one user. */
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
   * The secret of that name, generated on first use and kept: 32 random bytes as 43 characters of base64url.
   * @throws when its file is damaged: replacing it silently would end every session.
   */
  secret(name: string): string;
  /** Releases the lock for another process. */
  release(): void;
}

/**
 * Creates the folder if it is missing (mode 700) and acquires its lock. Synchronous, because it runs only at the start.
 * @throws when a running process holds the lock
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
 * The same as `DataDir.secret` for a process without the lock: a command next to a running server, or one of several
 * servers that share a Redis.
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
      throw new Error(
        `DATA_DIR: ${folder} is in use by another Firstword (pid ${pid}). Stop it, or set DATA_DIR to another folder.`,
      );
    takeStaleAside(lockFile, holder);
  }
}

/** Another process may have replaced the stale lock in the meantime; then its lock is put back. */
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
 * A pid with its start time, where the system provides it, because pids repeat after a reboot and in containers.
 * Undefined: no such process.
 */
function identityOf(pid: number): string | undefined {
  if (!(pid > 0)) return undefined;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!hasCode(error, 'EPERM')) return undefined; // EPERM: it is running as another user
  }
  const stat = readIfPresent(`/proc/${pid}/stat`);
  if (stat === undefined) return String(pid);
  // The name is in parentheses and may contain spaces. The state follows; the 20th field from there is the start time.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // Z: a zombie, which stays where the first process of a container does not reap its children.
  return fields[0] === 'Z' ? undefined : `${pid} ${fields[19]}`;
}

function keptSecret(file: string): string {
  createWhole(file, randomBytes(32).toString('base64url'));
  const secret = readFileSync(file, 'utf8').trim();
  if (!/^[\w-]{43}$/.test(secret))
    throw new Error(
      `${file} is damaged. Restore it from a backup, or delete it to generate a new secret, which ends every session.`,
    );
  return secret;
}

/** Creates a file atomically. Returns false, without changing it, when it already exists. */
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
