/** A deadline that can be moved cheaply for every token: one timer, and a number that changes. */

export interface Deadline {
  /** In the clock of `now`. `Infinity` suspends it until the next `moveTo`. */
  moveTo(at: number): void;
  clear(): void;
}

/** `now` is a monotonic clock in milliseconds. `onPassed` is called at most once. */
export function createDeadline({ now, onPassed }: { now: () => number; onPassed: () => void }): Deadline {
  let deadline = Number.POSITIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  let wakesAt = Number.POSITIVE_INFINITY;
  let cleared = false;

  function sleep() {
    clearTimeout(timer);
    wakesAt = deadline;
    timer = Number.isFinite(deadline) ? setTimeout(wake, Math.max(0, deadline - now())) : undefined;
  }

  function wake() {
    wakesAt = Number.POSITIVE_INFINITY;
    if (!passed()) return sleep();
    // After a blocked event loop, timers run before the bytes that arrived meanwhile are read. Let those be read first.
    setImmediate(() => {
      if (cleared) return;
      if (!passed()) return sleep();
      cleared = true;
      onPassed();
    });
  }

  // A timer may fire up to a millisecond early.
  const passed = () => now() >= deadline - 1;

  return {
    moveTo(at) {
      deadline = at;
      if (!cleared && at < wakesAt) sleep();
    },
    clear() {
      cleared = true;
      clearTimeout(timer);
    },
  };
}
