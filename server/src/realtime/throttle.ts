/**
 * How many messages a process takes: all of them, until it is behind. Then fewer than it took so far, and again fewer
 * while it stays behind; more again, little by little, while it is not. To refuse all of them until it has caught up
 * would let all of them in together a moment later.
 */
export interface Throttle {
  /** False when there is no room for one more; takes it otherwise. */
  take(): boolean;
  /**
   * To be called from time to time.
   * @param strain how far behind the process is: above 1 it is, and twice as far means twice as late
   */
  adjust(strain: number): void;
}

/** What a cut does shows only when what was taken before is done. */
const CUT_EVERY_MS = 500;
/** Who is twice as late as allowed took about twice as much as it carries. */
const cutTo = (strain: number) => Math.min(0.8, Math.max(0.3, 1 / strain));
/** In a second: soon back to what the last cut left, and carefully beyond. */
const GROW_BACK = 2;
const GROW_ON = 1.3;
/** So much always goes through: one quiet site on a slow machine shall not be refused for what others do to it. */
const LEAST_PER_SECOND = 2;
/** May come in one moment. */
const BURST_SECONDS = 0.2;
const NEARLY = 0.7;
/** Cuts that are no further apart belong to one fault, or one rush. */
const EPISODE_MS = 5000;
const FADE = 0.9;
/** Less strain by so much: what was taken before is being done, and the last cut was enough. */
const MENDS = 0.9;
/** What it carries is not forgotten before: those who were refused come back. */
const CALM_MS = 20_000;
const WEIGHT = 0.3;

export function createThrottle(): Throttle {
  let perSecond = Number.POSITIVE_INFINITY;
  let room = 0;
  let taken = 0;
  let rate = 0;
  let adjustedAt = performance.now();
  let cutAt = Number.NEGATIVE_INFINITY;
  let strainAtCut = 0;
  /** What it took when it was last found behind. */
  let tooMuch = Number.POSITIVE_INFINITY;

  return {
    take() {
      if (perSecond !== Number.POSITIVE_INFINITY) {
        if (room < 1) return false;
        room -= 1;
      }
      taken += 1;
      return true;
    },
    adjust(strain) {
      const now = performance.now();
      const seconds = Math.max(0.001, (now - adjustedAt) / 1000);
      adjustedAt = now;
      rate = rate * (1 - WEIGHT) + (taken / seconds) * WEIGHT;
      taken = 0;
      if (strain <= 1) {
        perSecond *= (perSecond < tooMuch * NEARLY ? GROW_BACK : GROW_ON) ** seconds;
        if (now - cutAt > CALM_MS) perSecond = tooMuch = Number.POSITIVE_INFINITY;
      } else if (now - cutAt >= CUT_EVERY_MS) {
        const isMending = now - cutAt < 2 * CUT_EVERY_MS && strain < strainAtCut * MENDS;
        if (!isMending) {
          const took = Math.min(perSecond, rate);
          // A fault cuts again and again; what was taken before it is what can soon be taken again.
          tooMuch = now - cutAt < EPISODE_MS ? Math.max(took, tooMuch * FADE) : took;
          perSecond = Math.max(LEAST_PER_SECOND, took * cutTo(strain));
        }
        cutAt = now;
        strainAtCut = strain;
      }
      if (perSecond !== Number.POSITIVE_INFINITY)
        room = Math.min(room + perSecond * seconds, Math.max(LEAST_PER_SECOND, perSecond * BURST_SECONDS));
    },
  };
}
