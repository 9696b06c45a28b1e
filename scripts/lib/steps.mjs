/** Prints progress: one line for each step, with a running clock on a terminal, as plain lines in a pipe. */

/** A step that failed. Print the message as it is. */
export class StepFailed extends Error {
  /** @override */
  name = 'StepFailed';
}

/**
 * @typedef {(text: string) => void} Announce Called before work begins, with what is being done.
 * @typedef {(work: (announce: Announce) => string | Promise<string>) => Promise<void>} Step
 *   Does the work, then prints the line that it returns and its duration.
 */

/**
 * @param {{ out: NodeJS.WriteStream, quietWhenDone?: boolean }} options `quietWhenDone`: print nothing if there was nothing to do.
 * @returns {Step}
 */
export function createSteps({ out, quietWhenDone = false }) {
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
      if (doing || !quietWhenDone) out.write(`${done} (${seconds()})\n`);
    } catch (error) {
      wipe();
      throw error;
    }
  };
}
