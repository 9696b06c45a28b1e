/**
 * Keeps a busy process ahead of its streams: while the event loop has little to do every token is read the moment it
 * comes, above that each stream rests between two reads, and what came meanwhile is read, and goes out, together.
 */

export interface ReadThrottle {
  busy(): boolean;
  /** Calls back once a rest is over. */
  pause(goOn: () => void): void;
  stop(): void;
}

export interface ReadThrottleSettings {
  /** Share of the time since the last call in which the event loop was busy, 0 to 1. */
  readonly utilisation: () => number;
  /** How often that is looked at, in milliseconds. */
  readonly everyMs: number;
  /** Resting begins at this share and ends below the other; apart, because resting itself lowers the share. */
  readonly busyFrom: number;
  readonly calmBelow: number;
  readonly pauseMs: number;
}

/**
 * A dozen streams keep a process above the lower share; the beginning of a turn may pass the upper one for a while. At 60 tokens a second three come in a rest of 48 ms: a third of the reads and sends, and
 * nobody who reads sees the difference. See docs/benchmarks.md, Relay.
 */
export const READ_THROTTLE_SETTINGS = { everyMs: 200, busyFrom: 0.12, calmBelow: 0.05, pauseMs: 48 } as const;

export function createReadThrottle({
  utilisation,
  everyMs,
  busyFrom,
  calmBelow,
  pauseMs,
}: ReadThrottleSettings): ReadThrottle {
  let isBusy = false;
  const looking = setInterval(() => {
    const share = utilisation();
    isBusy = isBusy ? share >= calmBelow : share >= busyFrom;
  }, everyMs).unref();
  return {
    busy: () => isBusy,
    pause: (goOn) => void setTimeout(goOn, pauseMs),
    stop: () => clearInterval(looking),
  };
}

/** Reads how busy this process' event loop was since the last reading. */
export function createLoopProbe(): () => number {
  let last = performance.eventLoopUtilization();
  return () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, last);
    last = now;
    return utilization;
  };
}
