/** Repeats a task at an interval, one run at a time. */

export interface Periodic {
  /** Waits for the run in progress. */
  stop(): Promise<void>;
}

/** @param onFailure called for the first of several failures in a row */
export function startPeriodic(
  task: () => Promise<unknown>,
  everyMs: number,
  onFailure: (reason: string) => void,
): Periodic {
  let running: Promise<void> | undefined;
  let fails = false;
  const run = async () => {
    try {
      await task();
      fails = false;
    } catch (error) {
      if (!fails) onFailure(String(error));
      fails = true;
    }
    running = undefined;
  };
  const timer = setInterval(() => {
    running ??= run();
  }, everyMs);
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
