/** Tells when this process is behind, before its visitors feel it: by how late its event loop is, and how slow Redis. */
type Behind = 'event-loop' | 'redis';

export interface Strain {
  stop(): void;
}

export interface StrainSettings {
  /** The event loop is behind when it comes so late to a timer, in milliseconds and smoothed. */
  readonly loopLagMs: number;
  /** Redis is behind when an answer takes so long, in milliseconds and smoothed. */
  readonly redisMs: number;
  /** Any cheap command. May reject; what counts is how long that took. */
  readonly askRedis: () => Promise<unknown>;
  /** Hears of each look, ten times a second; undefined while the process keeps up. */
  readonly onLook: (behind: Behind | undefined) => void;
}

const LOOK_EVERY_MS = 100;
/** One held-up moment, a collection or a slow write, is no strain; half a second of them is. */
const WEIGHT = 0.3;
const mix = (before: number, now: number) => before * (1 - WEIGHT) + now * WEIGHT;

export function createStrain({ loopLagMs, redisMs, askRedis, onLook }: StrainSettings): Strain {
  let due = performance.now() + LOOK_EVERY_MS;
  let loopLag = 0;
  let redisWait = 0;
  let askedAt: number | undefined;

  const ask = async () => {
    askedAt = performance.now();
    const from = askedAt;
    await askRedis().catch(() => {});
    redisWait = mix(redisWait, performance.now() - from);
    askedAt = undefined;
  };
  const look = () => {
    const now = performance.now();
    loopLag = mix(loopLag, Math.max(0, now - due));
    // An answer that is still awaited has taken at least so long.
    const wait = askedAt === undefined ? redisWait : Math.max(redisWait, mix(redisWait, now - askedAt));
    onLook(loopLag > loopLagMs ? 'event-loop' : wait > redisMs ? 'redis' : undefined);
    if (askedAt === undefined) void ask();
    due = now + LOOK_EVERY_MS;
    timer = setTimeout(look, LOOK_EVERY_MS).unref();
  };
  let timer = setTimeout(look, LOOK_EVERY_MS).unref();

  return { stop: () => clearTimeout(timer) };
}
