/**
 * How many messages a process takes: all of them, until it is behind. Then fewer than it took so far, and again fewer
 * while it stays behind; more again, little by little, while it is not. To refuse all of them until it has caught up
 * would let all of them in together a moment later.
 */
export interface Throttle {
  /** False when there is no room for one more; takes it otherwise. */
  take(): boolean;
  /** To be called from time to time, with what has been found since. */
  adjust(behind: boolean): void;
}

/** What a cut does shows only when what was taken before is done. */
const CUT_EVERY_MS = 500;
const CUT_TO = 0.7;
/** In a second; doubles in a little less than two. */
const GROW_BY = 1.5;
/** So much always goes through: one quiet site on a slow machine shall not be refused for what others do to it. */
const LEAST_PER_SECOND = 2;
/** May come in one moment. */
const BURST_SECONDS = 0.2;
/** So many times what is asked is as good as no limit. */
const AMPLE = 4;
const WEIGHT = 0.3;

export function createThrottle(): Throttle {
  let perSecond = Number.POSITIVE_INFINITY;
  let room = 0;
  let taken = 0;
  let rate = 0;
  let adjustedAt = performance.now();
  let cutAt = Number.NEGATIVE_INFINITY;

  return {
    take() {
      if (perSecond !== Number.POSITIVE_INFINITY) {
        if (room < 1) return false;
        room -= 1;
      }
      taken += 1;
      return true;
    },
    adjust(behind) {
      const now = performance.now();
      const seconds = Math.max(0.001, (now - adjustedAt) / 1000);
      adjustedAt = now;
      rate = rate * (1 - WEIGHT) + (taken / seconds) * WEIGHT;
      taken = 0;
      if (!behind) {
        perSecond *= GROW_BY ** seconds;
        if (perSecond > AMPLE * Math.max(rate, LEAST_PER_SECOND)) perSecond = Number.POSITIVE_INFINITY;
      } else if (now - cutAt >= CUT_EVERY_MS) {
        perSecond = Math.max(LEAST_PER_SECOND, Math.min(perSecond, rate) * CUT_TO);
        cutAt = now;
      }
      if (perSecond !== Number.POSITIVE_INFINITY)
        room = Math.min(room + perSecond * seconds, Math.max(LEAST_PER_SECOND, perSecond * BURST_SECONDS));
    },
  };
}
