/**
 * Read throttling for a busy process. With an idle event loop every token is read as it arrives; above a threshold each
 * stream pauses between reads, and the tokens that arrived meanwhile are read and sent together.
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
  /** How often the utilisation is sampled, in milliseconds. */
  readonly everyMs: number;
  /** Throttling starts at `busyFrom` and ends below `calmBelow`, which is lower because throttling itself lowers the share. */
  readonly busyFrom: number;
  readonly calmBelow: number;
  readonly pauseMs: number;
}

/**
 * A dozen streams keep a process above the lower share; the start of a turn may exceed the upper one briefly. At 60
 * tokens a second a pause of 48 ms collects three: a third of the reads and sends, which readers don't notice. See
 * docs/benchmarks.md, Relay.
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
  const sampling = setInterval(() => {
    const share = utilisation();
    isBusy = isBusy ? share >= calmBelow : share >= busyFrom;
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
