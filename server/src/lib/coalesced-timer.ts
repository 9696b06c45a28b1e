/** A timer shared by many callers: callbacks due at the same time run in one tick, so their writes are sent together. */

export interface CoalescedTimer {
  /** Runs the callback once, on the next tick of the timer. Adding it again before then has no effect. */
  add(run: () => void): void;
  drop(run: () => void): void;
}

/** Callbacks per event loop iteration, so that they don't block it. */
const BATCH_MAX = 50;

/**
 * Runs only while callbacks are waiting, so it needs no stop.
 * @param everyMs read when a wait begins
 */
export function createCoalescedTimer(everyMs: () => number): CoalescedTimer {
  const waiting = new Set<() => void>();
  const due = new Set<() => void>();
  let timer: NodeJS.Timeout | undefined;
  const runBatch = () => {
    let left = BATCH_MAX;
    for (const run of due) {
      if (left === 0) return void setImmediate(runBatch);
      left -= 1;
      due.delete(run);
      run();
    }
  };
  const fire = () => {
    timer = undefined;
    const isRunning = due.size > 0;
    for (const run of waiting) due.add(run);
    waiting.clear();
    if (!isRunning) runBatch();
  };
  return {
    add(run) {
      waiting.add(run);
      timer ??= setTimeout(fire, everyMs());
    },
    drop(run) {
      due.delete(run);
      waiting.delete(run);
      if (waiting.size > 0) return;
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
