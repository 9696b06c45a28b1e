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
  /** Throttling starts after `busySamples` samples in a row of at least `busyFrom`; with `manyFrom` answers, of `busyFromMany`. */
  readonly busyFrom: number;
  readonly manyFrom: number;
  readonly busyFromMany: number;
  readonly busySamples: number;
  /** It ends with one sample below this share, or when fewer than `calmShare` of the answers that started it are in progress. */
  readonly calmBelow: number;
  readonly calmShare: number;
  readonly pauseMs: number;
}

/**
 * 80% of the loop's time for a second is more than the start of 100 turns or a garbage collection takes. With 150 answers in
 * progress 50% is enough: the next ones would find less time than those have. The load alone cannot decide when to end:
 * throttled, 100 and 200 streams look almost alike.
 * At 60 tokens a second a pause of 48 ms collects three: a third of the reads and sends. See docs/benchmarks.md, Relay.
 */
export const READ_THROTTLE_SETTINGS = {
  everyMs: 200,
  runningFrom: 20,
  busyFrom: 0.8,
  manyFrom: 150,
  busyFromMany: 0.5,
  busySamples: 5,
  calmBelow: 0.2,
  calmShare: 0.75,
  pauseMs: 48,
} as const;

export function createReadThrottle({
  utilisation,
  running,
  runningFrom,
  everyMs,
  busyFrom,
  manyFrom,
  busyFromMany,
  busySamples,
  calmBelow,
  calmShare,
  pauseMs,
}: ReadThrottleSettings): ReadThrottle {
  let inARow = 0;
  /** Answers in progress when throttling started; undefined while it is off. */
  let startedAt: number | undefined;
  const sampling = setInterval(() => {
    const share = utilisation();
    const answers = running();
    const isEnough = answers >= runningFrom;
    inARow = isEnough && share >= (answers >= manyFrom ? busyFromMany : busyFrom) ? inARow + 1 : 0;
    if (startedAt === undefined) startedAt = inARow >= busySamples ? answers : undefined;
    else if (!isEnough || share < calmBelow || answers < startedAt * calmShare) startedAt = undefined;
  }, everyMs).unref();
  return {
    busy: () => startedAt !== undefined,
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
