/** Installs the packages of the lock file unless they are installed already. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { oneAtATime } from './one-at-a-time.mjs';
import { StepFailed } from './steps.mjs';

/**
 * @typedef {object} LockEntry
 * @property {string} [version]
 * @property {string} [integrity]
 * @property {boolean} [link]
 * @property {boolean} [optional]
 * @property {boolean} [devOptional]
 * @property {boolean} [peer]
 */

/**
 * A step that installs the packages of the lock file without running their install scripts.
 * @param {{ root: string, run: import('./runner.mjs').Run }} options
 * @returns {(announce: import('./steps.mjs').Announce) => Promise<string>}
 */
export function packagesStep({ root, run }) {
  return oneAtATime(root, async (announce) => {
    const stampFile = join(root, 'node_modules', '.firstword-packages');
    const wanted = stampOf(root);
    const found = existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : undefined;
    if (found === wanted) return 'Packages are up to date';
    if (found === undefined && isInstalled(root)) {
      writeFileSync(stampFile, wanted); // installed by hand
      return 'Packages are up to date';
    }
    announce('Installing packages');
    // With development packages even if NODE_ENV is production: the build needs them.
    const args = ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund'];
    const { code, output } = await runNpm(run, args, root);
    if (code !== 0) throw new StepFailed(`npm ci failed:\n${output.trim()}`);
    writeFileSync(stampFile, wanted);
    return 'Packages installed';
  });
}

/**
 * Runs the npm that started this process, or else the one in PATH.
 * @param {import('./runner.mjs').Run} run
 * @param {string[]} args
 * @param {string} cwd
 */
function runNpm(run, args, cwd) {
  const cli = process.env.npm_execpath;
  return cli?.endsWith('.js') ? run(process.execPath, [cli, ...args], { cwd }) : run('npm', args, { cwd });
}

/**
 * Includes the platform, because some packages contain native programs.
 * @param {string} root
 */
function stampOf(root) {
  const lock = readFileSync(join(root, 'package-lock.json'));
  return `${process.platform} ${process.arch} ${createHash('sha256').update(lock).digest('hex')}\n`;
}

/**
 * Compares the lock file with the copy that npm leaves in `node_modules` after a complete installation.
 * @param {string} root
 */
function isInstalled(root) {
  const hidden = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(hidden)) return false;
  const installed = readEntries(hidden);
  return Object.entries(readEntries(join(root, 'package-lock.json'))).every(([path, entry]) => {
    if (!path.includes('node_modules/') || entry.optional || entry.devOptional || entry.peer) return true;
    const other = installed[path];
    return other !== undefined && other.version === entry.version && other.integrity === entry.integrity;
  });
}

/**
 * @param {string} file
 * @returns {Record<string, LockEntry>}
 */
function readEntries(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
}
