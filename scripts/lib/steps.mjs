/** Says what is being done: one line a step, with a running clock on a terminal, as plain lines when piped. */

/** A step that could not be done. The message is fit to be shown as it is. */
export class StepFailed extends Error {
  /** @override */
  name = 'StepFailed';
}

/**
 * @typedef {(text: string) => void} Announce Says that there is work to do, and what.
 * @typedef {(work: (announce: Announce) => string | Promise<string>) => Promise<void>} Step
 *   Does the work and prints the line it comes back with, and how long it took.
 */

/**
 * @param {{ out: NodeJS.WriteStream, onlyWork?: boolean }} options `onlyWork`: say nothing where nothing was to do.
 * @returns {Step}
 */
export function createSteps({ out, onlyWork = false }) {
  return async (work) => {
    const startedAt = performance.now();
    const seconds = () => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
    /** @type {string | undefined} */
    let doing;
    const draw = () => out.write(`\r\x1b[K${doing} … ${seconds()}`);
    const clock = out.isTTY ? setInterval(() => doing && draw(), 200) : undefined;
    const wipe = () => {
      clearInterval(clock);
      if (out.isTTY && doing) out.write('\r\x1b[K');
    };
    try {
      const done = await work((text) => {
        doing = text;
        if (out.isTTY) draw();
        else out.write(`${text} …\n`);
      });
      wipe();
      if (doing || !onlyWork) out.write(`${done} (${seconds()})\n`);
    } catch (error) {
      wipe();
      throw error;
    }
  };
}
