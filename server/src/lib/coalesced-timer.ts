/** A beat that many share: what is due in the same moment runs in the same tick, so its writes leave together. */

export interface CoalescedTimer {
  /** Runs it once, at the next beat. The same function waits only once. */
  add(run: () => void): void;
  drop(run: () => void): void;
}

/** More would hold the event loop up; the others follow in its next turns. */
const AT_ONCE = 50;

/**
 * Beats only while somebody waits, so nothing has to be stopped.
 * @param everyMs asked at the beginning of each wait
 */
export function createCoalescedTimer(everyMs: () => number): CoalescedTimer {
  const waiting = new Set<() => void>();
  const due = new Set<() => void>();
  let timer: NodeJS.Timeout | undefined;
  const runSome = () => {
    let left = AT_ONCE;
    for (const run of due) {
      if (left === 0) return void setImmediate(runSome);
      left -= 1;
      due.delete(run);
      run();
    }
  };
  const beat = () => {
    timer = undefined;
    const isRunning = due.size > 0;
    for (const run of waiting) due.add(run);
    waiting.clear();
    if (!isRunning) runSome();
  };
  return {
    add(run) {
      waiting.add(run);
      timer ??= setTimeout(beat, everyMs());
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
