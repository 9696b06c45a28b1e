/** Runs a PostgreSQL for installations without one: no port, data in the data folder, ended with this process. */
import { execFile } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { findPostgres, type PostgresPrograms, postgresPlaces } from './postgres-programs.ts';
import { createPostgresUser, type PostgresUser } from './postgres-user.ts';
import { makeSocketFolder, privateSocketPath } from './private-socket.ts';
import { type ChildLog, createSupervisedChild } from './supervised-child.ts';
import { watchedCommand } from './watched-command.ts';

export interface PrivatePostgres {
  /** For `DATABASE_URL`, the same after each restart. */
  readonly url: string;
  /** Rejects with a printable reason if PostgreSQL could not be started. */
  readonly ready: Promise<void>;
  /** Resolves when PostgreSQL has written everything and exited. */
  stop(): Promise<void>;
}

/** Replaying the log after a crash takes seconds. */
const READY_MS = 60_000;
const PREDECESSOR_MS = 10_000;
/** The name under which PostgreSQL listens in its socket's folder, for its default port. */
const SOCKET_NAME = '.s.PGSQL.5432';
const ROLE = 'firstword';
/** Since this version the locale can be the same on every system. */
const BUILTIN_LOCALE_SINCE = 17;

const run = promisify(execFile);

/**
 * Starts PostgreSQL at once, with its data in `<dataDir>/postgres`, which it creates first if needed, and restarts it after
 * every crash. No other process may use the folder.
 */
export function createPrivatePostgres(options: {
  dataDir: string;
  log: ChildLog;
  /** Settings of the server, in addition to ours. */
  settings?: Readonly<Record<string, string>>;
  programs?: () => PostgresPrograms;
}): PrivatePostgres {
  const { dataDir, log, settings = {}, programs: find = () => findPostgres(postgresPlaces(process.env)) } = options;
  const folder = join(resolve(dataDir), 'postgres');
  const socket = privateSocketPath(folder, SOCKET_NAME);
  const child = createSupervisedChild({
    name: 'The private PostgreSQL',
    async launch() {
      const programs = find();
      const user = createPostgresUser();
      await createCluster(folder, programs, user);
      await removeStaleLock(folder);
      makeSocketFolder(socket, user.ids === undefined ? [] : [user.ids.uid]);
      own(dirname(socket), user);
      const [command, ...args] = user.command(programs.postgres, serverArguments(folder, dirname(socket), settings));
      // On SIGINT it disconnects its clients; on SIGTERM it would wait for them.
      return { ...watchedCommand(command, args, 'INT'), env: environment() };
    },
    readReady: (line) => (/database system is ready to accept connections/.test(line) ? true : undefined),
    log,
    readyMs: READY_MS,
  });
  return { url: urlOf(dirname(socket)), ready: child.ready.then(() => {}), stop: child.stop };
}

/** The address of the private PostgreSQL of a data folder, also for other commands of the same user. */
export function privatePostgresUrl(dataDir: string): string {
  return urlOf(dirname(privateSocketPath(join(resolve(dataDir), 'postgres'), SOCKET_NAME)));
}

const urlOf = (socketFolder: string) => `postgres://${ROLE}@/postgres?host=${encodeURIComponent(socketFolder)}`;

/** Messages in English, because we read them; no settings of the user's own PostgreSQL. */
function environment(): NodeJS.ProcessEnv {
  const others = Object.entries(process.env).filter(([name]) => !/^(?:PG|LC_|LANG)/.test(name));
  return { ...Object.fromEntries(others), LC_ALL: 'C' };
}

function serverArguments(folder: string, socketFolder: string, more: Readonly<Record<string, string>>): string[] {
  const settings = {
    listen_addresses: '',
    unix_socket_directories: socketFolder,
    unix_socket_permissions: '0700',
    port: '5432',
    log_checkpoints: 'off',
    ...more,
  };
  return ['-D', folder, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

/** Creates the database files if there are none. A folder that was not completed gets another name and is removed here. */
async function createCluster(folder: string, programs: PostgresPrograms, user: PostgresUser): Promise<void> {
  const [command, ...args] = user.command(programs.postgres, ['--version']);
  const { stdout } = await run(command, args);
  const major = Number.parseInt(/\d+/.exec(stdout)?.[0] ?? '', 10);
  if (existsSync(join(folder, 'PG_VERSION'))) return checkVersion(folder, major);
  const draft = `${folder}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true, mode: 0o700 });
  own(draft, user);
  const locale =
    major >= BUILTIN_LOCALE_SINCE
      ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
      : ['--locale=C.UTF-8'];
  const [initdb, ...given] = user.command(programs.initdb, [
    ...['-D', draft, '-U', ROLE, '--auth=trust', '--encoding=UTF8'],
    ...locale,
  ]);
  // Trusting every local user is safe: only this user can enter the socket's folder.
  await run(initdb, given, { env: environment() });
  renameSync(draft, folder);
}

function checkVersion(folder: string, major: number): void {
  const written = readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim();
  if (written === String(major)) return;
  throw new Error(
    `${folder} was written by PostgreSQL ${written}, but this is PostgreSQL ${major}, which can't read it. ` +
      `Move the folder away to start without its data, or run PostgreSQL ${written} on it and set DATABASE_URL. ` +
      'docs/operations.md says how to take the data along.',
  );
}

/**
 * PostgreSQL refuses to start while the process that its lock file names exists, also when another program has that pid
 * now. Waits for a predecessor that is still writing.
 */
async function removeStaleLock(folder: string): Promise<void> {
  const file = join(folder, 'postmaster.pid');
  const deadline = performance.now() + PREDECESSOR_MS;
  for (;;) {
    const pid = existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) : 0;
    if (!(pid > 0) || !existsSync('/proc/self/cmdline')) return;
    if (!commandLine(pid).includes(folder)) return rmSync(file, { force: true });
    if (performance.now() > deadline) throw new Error(`another PostgreSQL (pid ${pid}) still uses ${folder}`);
    await pause(20);
  }
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

function own(folder: string, { ids }: PostgresUser): void {
  if (ids !== undefined) chownSync(folder, ids.uid, ids.gid);
}
