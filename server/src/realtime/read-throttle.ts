/**
 * Read throttling for a process that is short of time. While its event loop has time to spare, every token is read as it
 * arrives; otherwise each stream pauses between reads, and the tokens that arrived meanwhile are read and sent together.
 */

export interface ReadThrottle {
  busy(): boolean;
  /** Calls `resume` after one pause. */
  pause(resume: () => void): void;
  stop(): void;
}

export interface ReadThrottleSettings {
  /** Share of the time since the last call in which the event loop was busy, 0 to 1. */
  readonly utilisation: () => number;
  /** Answers in progress. */
  readonly running: () => number;
  /** Fewer answers are never throttled: a busy loop is then busy with something else, and throttling would not help. */
  readonly runningFrom: number;
  /** How often the utilisation is sampled, in milliseconds. */
  readonly everyMs: number;
  /** Throttling starts after `busySamples` samples in a row of at least `busyFrom`. */
  readonly busyFrom: number;
  readonly busySamples: number;
  /** It ends with one sample below this share, which is lower than `busyFrom` because throttling halves the load. */
  readonly calmBelow: number;
  readonly pauseMs: number;
}

/**
 * Half of the loop's time for 600 ms is more than the start of a turn or a garbage collection takes, and less than about
 * 200 streams need. At 60 tokens a second a pause of 48 ms collects three: a third of the reads and sends, which readers
 * don't notice. See docs/benchmarks.md, Relay.
 */
export const READ_THROTTLE_SETTINGS = {
  everyMs: 200,
  runningFrom: 20,
  busyFrom: 0.5,
  busySamples: 3,
  calmBelow: 0.22,
  pauseMs: 48,
} as const;

export function createReadThrottle({
  utilisation,
  running,
  runningFrom,
  everyMs,
  busyFrom,
  busySamples,
  calmBelow,
  pauseMs,
}: ReadThrottleSettings): ReadThrottle {
  let isBusy = false;
  let inARow = 0;
  const sampling = setInterval(() => {
    const share = utilisation();
    const isMany = running() >= runningFrom;
    inARow = isMany && share >= busyFrom ? inARow + 1 : 0;
    isBusy = isBusy ? isMany && share >= calmBelow : inARow >= busySamples;
  }, everyMs).unref();
  return {
    busy: () => isBusy,
    pause: (resume) => void setTimeout(resume, pauseMs),
    stop: () => clearInterval(sampling),
  };
}

/** Each call returns the event loop's utilisation since the last call. */
export function createLoopProbe(): () => number {
  let last = performance.eventLoopUtilization();
  return () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, last);
    last = now;
    return utilization;
  };
}
