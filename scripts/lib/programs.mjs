/** Finds the programs that no package brings, Redis and Chromium, and installs them where that is ours to do. */
import { accessSync, constants } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { StepFailed } from './steps.mjs';

/**
 * @typedef {object} Program
 * @property {string} name Of the Debian package too.
 * @property {readonly string[]} found By what names or paths, the best first.
 * @property {string} remedy What a person can do.
 */

/** @type {Program} */
export const redisServer = {
  name: 'redis-server',
  found: ['redis-server', 'valkey-server'],
  remedy:
    'install it (Debian, Ubuntu: apt install redis-server; Fedora: dnf install redis; macOS: brew install redis)' +
    ' or set REDIS_URL to a Redis you have',
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
    remedy: 'install it (Debian: apt install chromium) or name one in CHROMIUM_PATH',
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
 * A step: all of these programs are there. What is missing is installed by root on a system with apt; elsewhere the
 * step fails with one line that says how.
 * @param {{ programs: readonly Program[], run: import('./runner.mjs').Run, env: NodeJS.ProcessEnv, isRoot: boolean }} options
 * @returns {(announce: import('./steps.mjs').Announce) => Promise<string>}
 */
export function programsStep({ programs, run, env, isRoot }) {
  const missing = () => programs.filter((program) => findProgram(program, env) === undefined);
  const names = (/** @type {readonly Program[]} */ some) => some.map(({ name }) => name).join(' and ');
  const verb = programs.length === 1 ? 'is' : 'are';
  return async (announce) => {
    const toInstall = missing();
    if (toInstall.length === 0) return `${names(programs)} ${verb} in place`;
    const remedies = toInstall.map(({ name, remedy }) => `${name} is missing: ${remedy}.`).join('\n');
    const aptGet = { name: 'apt-get', found: ['apt-get'], remedy: '' };
    if (!isRoot || findProgram(aptGet, env) === undefined) throw new StepFailed(remedies);
    announce(`Installing ${names(toInstall)}`);
    const apt = (/** @type {string[]} */ ...args) =>
      run('apt-get', ['-o', 'DPkg::Lock::Timeout=120', ...args], {
        env: { ...env, DEBIAN_FRONTEND: 'noninteractive' },
        timeoutMs: 600_000,
      });
    const update = await apt('update'); // may fail in part, and what it has may do
    const install = await apt('install', '-y', '--no-install-recommends', ...toInstall.map(({ name }) => name));
    if (install.code !== 0 || missing().length > 0)
      throw new StepFailed(`${update.output}${install.output}`.trim().concat('\n', remedies));
    return `${names(toInstall)} ${toInstall.length === 1 ? 'is' : 'are'} installed`;
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
