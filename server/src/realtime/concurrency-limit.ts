/**
 * An adaptive concurrency limit for turns (AIMD): it drops by a share when the process is overloaded, and grows slowly
 * while the process has time left and turns were refused.
 */
import type { LoadSample } from './load-monitor.ts';

export interface ConcurrencyLimit {
  /** Admits one more turn and returns true, or returns false when the limit is reached. */
  admit(): boolean;
  /** Whether there is time for work that no visitor waits for: no overload now or recently. */
  hasTimeToSpare(): boolean;
  /** To be called about ten times a second with the current load. */
  adjust(sample: LoadSample): void;
}

/**
 * The limit never drops below this. So few turns don't overload a process; the cause is then another, such as all
 * clients reconnecting after a restart, or a frozen Redis, and refusing turns would not help.
 */
const LIMIT_MIN = 64;
/**
 * Share of the limit that may start in a tenth of a second: starting a turn costs more than streaming it, so a burst of starts
 * at once would delay each other. A token bucket, so that after a burst the next turn waits for a few milliseconds only.
 */
const STARTS_SHARE = 0.12;
const STARTS_MIN = 32;
const STARTS_MS = 100;
const cutTo = (load: number) => Math.min(0.85, Math.max(0.5, 1 / load));
/** Growth factor per second. */
const GROW = 1.25;
/** Load up to which there is time to spare. */
const SPARE_LOAD = 0.5;
/** After this long without overload the limit is lifted: the machine may be faster by then. */
const CALM_MS = 20_000;

/** @param running turns running now */
export function createConcurrencyLimit(running: () => number): ConcurrencyLimit {
  let limit = Number.POSITIVE_INFINITY;
  /** Admitted since the last sample; they may not count as running yet. */
  let started = 0;
  /** Turns that may start now. */
  let allowance = Number.POSITIVE_INFINITY;
  let allowedAt = performance.now();
  let hasRefused = false;
  let isLoaded = false;
  let adjustedAt = performance.now();
  let overloadedAt = Number.NEGATIVE_INFINITY;

  const allow = () => {
    const most = Math.max(STARTS_MIN, limit * STARTS_SHARE);
    const now = performance.now();
    if (now > allowedAt) allowance += (most * (now - allowedAt)) / STARTS_MS;
    allowedAt = now;
    allowance = Math.min(most, allowance);
    return allowance >= 1;
  };

  return {
    admit() {
      if (!allow()) return false; // not a reason to raise the limit
      if (running() + started >= limit) {
        hasRefused = true;
        return false;
      }
      started += 1;
      allowance -= 1;
      return true;
    },
    hasTimeToSpare: () => limit === Number.POSITIVE_INFINITY && !isLoaded,
    adjust({ load, isFull }) {
      const now = performance.now();
      isLoaded = isFull || load > SPARE_LOAD;
      if (load > 1) {
        overloadedAt = now;
        // A cut takes effect only after earlier turns have ended, so don't cut again before that.
        if (running() <= limit) limit = Math.max(LIMIT_MIN, Math.min(limit, running()) * cutTo(load));
      } else if (now - overloadedAt > CALM_MS) limit = Number.POSITIVE_INFINITY;
      else if (hasRefused && !isFull) limit *= GROW ** ((now - adjustedAt) / 1000);
      adjustedAt = now;
      started = 0;
      hasRefused = false;
    },
  };
}
