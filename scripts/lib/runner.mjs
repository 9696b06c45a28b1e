/** Runs programs, and ends them when this process gets a signal. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {number} [timeoutMs] Afterwards the program and its descendants are killed; `code` is then 124.
 * @property {boolean} [show] Prints its output instead of collecting it.
 *
 * @typedef {{ code: number, output: string }} RunEnd
 * @typedef {(command: string, args: readonly string[], options?: RunOptions) => Promise<RunEnd>} Run
 *   Never rejects: a missing program ends with `code` 127.
 */

/** The last characters of the output that are kept. */
const OUTPUT_MAX = 200_000;
/** Ctrl-C arrives twice at once, from the terminal and from npm. A later one means: end now. */
const SAME_SIGNAL_MS = 1000;
/** Time for programs to end after a signal. The server drains for up to 30 s. */
const GRACE_MS = 35_000;

/** @returns {{ run: Run, release: () => void }} `release` stops handling signals. */
export function createRunner() {
  /** @type {Set<{ pid: number, ended: Promise<unknown> }>} */
  const running = new Set();
  /** @type {number | undefined} */
  let endingSince;

  /** @param {NodeJS.Signals} signal */
  async function endWith(signal) {
    if (endingSince !== undefined && performance.now() - endingSince < SAME_SIGNAL_MS) return;
    const forced = endingSince !== undefined;
    endingSince ??= performance.now();
    for (const { pid } of running) signalGroup(pid, forced ? 'SIGKILL' : 'SIGTERM');
    const grace = new Promise((resolve) => setTimeout(resolve, GRACE_MS));
    await Promise.race([Promise.all([...running].map(({ ended }) => ended)), grace]);
    for (const { pid } of running) signalGroup(pid, 'SIGKILL');
    process.exit(128 + constants.signals[signal]);
  }
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, endWith);

  return {
    async run(command, args, { cwd, env = process.env, timeoutMs, show = false } = {}) {
      if (endingSince !== undefined) return { code: 130, output: '' };
      // In its own process group, so that one signal reaches its descendants, too.
      const child = spawn(command, args, {
        cwd,
        // Some programs write colours into a pipe if CI is set.
        env: show && process.stdout.isTTY ? env : { NO_COLOR: '1', ...env },
        detached: true,
        stdio: ['ignore', ...outputs(show)],
      });
      let output = '';
      for (const stream of [child.stdout, child.stderr])
        stream?.setEncoding('utf8').on('data', (text) => {
          output = (output + text).slice(-OUTPUT_MAX);
        });
      /** @type {Promise<number>} */
      const ended = new Promise((resolve) => {
        child.once('error', (error) => {
          output += error.message;
          resolve(127);
        });
        child.once('close', (code, signal) => resolve(code ?? 128 + constants.signals[signal ?? 'SIGKILL']));
      });
      const { pid } = child;
      if (pid === undefined) return { code: await ended, output };
      const entry = { pid, ended };
      running.add(entry);
      let late = false;
      const limit =
        timeoutMs === undefined
          ? undefined
          : setTimeout(() => {
              late = true;
              signalGroup(pid, 'SIGKILL');
            }, timeoutMs);
      const code = await ended;
      clearTimeout(limit);
      running.delete(entry);
      return { code: late ? 124 : code, output };
    },
    release() {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeListener(signal, endWith);
    },
  };
}

/**
 * @param {boolean} show
 * @returns {['inherit', 'inherit'] | ['pipe', 'pipe']}
 */
function outputs(show) {
  return show ? ['inherit', 'inherit'] : ['pipe', 'pipe'];
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch {
    // it has just ended
  }
}
