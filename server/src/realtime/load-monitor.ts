/** Measures overload before visitors notice it: smoothed event-loop lag and Redis latency. */
export interface LoadMonitor {
  stop(): void;
}

export interface LoadMonitorSettings {
  /** Smoothed event-loop lag above which the process counts as overloaded, in milliseconds. */
  readonly loopLagMs: number;
  /** Smoothed Redis latency with the same meaning, in milliseconds. */
  readonly redisMs: number;
  /** Share of the time since the last call in which the event loop was busy, 0 to 1. */
  readonly utilisation: () => number;
  /** Any cheap command. A failure does not count: without Redis, sends fail quickly by themselves. */
  readonly askRedis: () => Promise<unknown>;
  /** Called with each sample, ten times a second. */
  readonly onSample: (sample: LoadSample) => void;
}

export interface LoadSample {
  /** Measured lag divided by the allowed one: above 1 the loop or Redis is overloaded. */
  readonly load: number;
  /** The event loop is saturated: more work would only queue. */
  readonly isFull: boolean;
}

const SAMPLE_MS = 100;
/** Smoothing, so that one garbage collection or slow write is not overload, but several are. */
const WEIGHT = 0.3;
const SATURATED = 0.85;
const FULL = 0.95;
const mix = (before: number, now: number) => before * (1 - WEIGHT) + now * WEIGHT;

export function createLoadMonitor({
  loopLagMs,
  redisMs,
  utilisation,
  askRedis,
  onSample,
}: LoadMonitorSettings): LoadMonitor {
  let due = performance.now() + SAMPLE_MS;
  let loopLag = 0;
  let busy = 0;
  let redisWait = 0;
  let isAsking = false;

  const ask = async () => {
    isAsking = true;
    const from = performance.now();
    const answered = await askRedis().then(
      () => true,
      () => false,
    );
    redisWait = answered ? mix(redisWait, performance.now() - from) : 0;
    isAsking = false;
  };
  const sample = () => {
    const now = performance.now();
    const late = Math.max(0, now - due);
    loopLag = mix(loopLag, late);
    busy = (busy + utilisation()) / 2;
    // A late timer on an idle loop means that the machine was busy elsewhere; admitting less would not help.
    // A loop that has just caught up is no longer overloaded, hence the current lag as an upper bound.
    const lag = busy < SATURATED ? 0 : Math.min(loopLag, late);
    onSample({ load: Math.max(lag / loopLagMs, redisWait / redisMs), isFull: busy > FULL });
    if (!isAsking) void ask();
    due = now + SAMPLE_MS;
    timer = setTimeout(sample, SAMPLE_MS).unref();
  };
  let timer = setTimeout(sample, SAMPLE_MS).unref();

  return { stop: () => clearTimeout(timer) };
}
