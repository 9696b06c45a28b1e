/** Finds Redis, Chromium and nginx, which npm can't install, and installs them with apt if this process may. */
import { accessSync, constants } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { StepFailed } from './steps.mjs';

/**
 * @typedef {object} Program
 * @property {string} name Also the name of the Debian package.
 * @property {readonly string[]} found Names or paths to look for, the preferred one first.
 * @property {string} remedy How to provide it.
 */

/** @type {Program} */
export const redisServer = {
  name: 'redis-server',
  found: ['redis-server', 'valkey-server'],
  remedy:
    'Install it (Debian, Ubuntu: sudo apt install redis-server; Fedora: sudo dnf install redis; macOS: brew install redis),' +
    ' or set REDIS_URL to your Redis.',
};

/** @type {Program} */
export const nginx = {
  name: 'nginx',
  // Debian installs it in a folder that is only on root's PATH.
  found: ['nginx', '/usr/sbin/nginx'],
  remedy:
    'Install it (Debian, Ubuntu: sudo apt install nginx; Fedora: sudo dnf install nginx; macOS: brew install nginx).',
};

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {Program}
 */
export function chromium({ CHROMIUM_PATH }) {
  const mac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', mac];
  return {
    name: 'chromium',
    found: CHROMIUM_PATH ? [CHROMIUM_PATH, ...names] : names,
    remedy: 'Install it (Debian: sudo apt install chromium), or set CHROMIUM_PATH to a browser based on Chromium.',
  };
}

/**
 * Path of the program, or undefined.
 * @param {Program} program
 * @param {NodeJS.ProcessEnv} env
 */
export function findProgram({ found }, env) {
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  const paths = found.flatMap((name) => (isAbsolute(name) ? [name] : folders.map((folder) => join(folder, name))));
  return paths.find(isExecutable);
}

/**
 * A step that makes sure these programs are installed. As root on a system with apt it announces what it installs and
 * does so; otherwise it fails with one line for each missing program that says how to install it.
 * @param {{ programs: readonly Program[], run: import('./runner.mjs').Run, env: NodeJS.ProcessEnv, isRoot: boolean }} options
 * @returns {(announce: import('./steps.mjs').Announce) => Promise<string>}
 */
export function programsStep({ programs, run, env, isRoot }) {
  const missing = () => programs.filter((program) => findProgram(program, env) === undefined);
  const names = (/** @type {readonly Program[]} */ some) =>
    some
      .map(({ name }) => name)
      .join(', ')
      .replace(/, ([^,]*)$/, ' and $1');
  const verb = programs.length === 1 ? 'is' : 'are';
  return async (announce) => {
    const toInstall = missing();
    if (toInstall.length === 0) return `${names(programs)} ${verb} installed`;
    const remedies = toInstall.map(({ name, remedy }) => `${name} is missing. ${remedy}`).join('\n');
    const aptGet = { name: 'apt-get', found: ['apt-get'], remedy: '' };
    if (!isRoot || findProgram(aptGet, env) === undefined) throw new StepFailed(remedies);
    announce(`Installing ${names(toInstall)} with apt-get (running as root)`);
    const apt = (/** @type {string[]} */ ...args) =>
      run('apt-get', ['-o', 'DPkg::Lock::Timeout=120', ...args], {
        env: { ...env, DEBIAN_FRONTEND: 'noninteractive' },
        timeoutMs: 600_000,
      });
    const update = await apt('update'); // a partial failure may still be enough
    const install = await apt('install', '-y', '--no-install-recommends', ...toInstall.map(({ name }) => name));
    // A service that could not start is no fault: the tests start their own.
    if (missing().length > 0) throw new StepFailed(`${update.output}${install.output}`.trim().concat('\n', remedies));
    return `Installed ${names(toInstall)}`;
  };
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
