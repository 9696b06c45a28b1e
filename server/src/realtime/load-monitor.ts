/** Tells how far behind this process is, before its visitors feel it: by how late its event loop is, and how slow Redis. */
export interface LoadMonitor {
  stop(): void;
}

export interface LoadMonitorSettings {
  /** The event loop is behind when it comes so late to a timer, in milliseconds and smoothed. */
  readonly loopLagMs: number;
  /** Redis is behind when an answer takes so long, in milliseconds and smoothed. */
  readonly redisMs: number;
  /** Share of the time since the last call in which the event loop was busy, 0 to 1. */
  readonly utilisation: () => number;
  /** Any cheap command. One that fails counts for nothing: with Redis away sends fail by themselves, and soon. */
  readonly askRedis: () => Promise<unknown>;
  /** Hears of each look, ten times a second. */
  readonly onSample: (look: LoadSample) => void;
}

export interface LoadSample {
  /** Above 1 the loop or Redis is behind, and twice as far means twice as late. */
  readonly load: number;
  /** The event loop has no time left: more work would only wait. */
  readonly isFull: boolean;
}

const LOOK_EVERY_MS = 100;
/** One held-up moment, a collection or a slow write, is no strain; a few of them are. */
const WEIGHT = 0.3;
const SATURATED = 0.85;
const FULL = 0.95;
const mix = (before: number, now: number) => before * (1 - WEIGHT) + now * WEIGHT;

export function createLoadMonitor({
  loopLagMs,
  redisMs,
  utilisation,
  askRedis,
  onSample: onLook,
}: LoadMonitorSettings): LoadMonitor {
  let due = performance.now() + LOOK_EVERY_MS;
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
  const look = () => {
    const now = performance.now();
    const late = Math.max(0, now - due);
    loopLag = mix(loopLag, late);
    busy = (busy + utilisation()) / 2;
    // Late, yet with time to spare: the machine did something else, and to take less would not help.
    // And one that has just caught up is not behind any more, whatever it was before.
    const lag = busy < SATURATED ? 0 : Math.min(loopLag, late);
    onLook({ load: Math.max(lag / loopLagMs, redisWait / redisMs), isFull: busy > FULL });
    if (!isAsking) void ask();
    due = now + LOOK_EVERY_MS;
    timer = setTimeout(look, LOOK_EVERY_MS).unref();
  };
  let timer = setTimeout(look, LOOK_EVERY_MS).unref();

  return { stop: () => clearTimeout(timer) };
}
