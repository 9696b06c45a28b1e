/** How long a pause must be before it means that the visitor may have finished, by the visitor's own rhythm. Pure. */

/** The shortest and the longest such pause, in milliseconds. */
const PAUSE_MIN_MS = 180;
const PAUSE_MAX_MS = 400;
const MEDIANS = 1.6;
/** How many of the latest gaps count, and from how many on they are a rhythm. */
const GAPS_KEPT = 24;
const GAPS_NEEDED = 5;

export interface Rhythm {
  /** A key followed the one before within a word, after this many milliseconds. */
  add(gapMs: number): void;
  /** Longer than 1.6 times the median and than every gap within a word, as far as the limits allow. */
  pauseMs(): number;
}

export function createRhythm(): Rhythm {
  let gaps: number[] = [];
  return {
    add(gapMs) {
      gaps = [...gaps, gapMs].slice(-GAPS_KEPT);
    },
    pauseMs() {
      const sorted = [...gaps].sort((a, b) => a - b);
      const median = sorted[sorted.length >> 1] ?? 0;
      const own = sorted.length < GAPS_NEEDED ? PAUSE_MAX_MS : Math.max(MEDIANS * median, sorted.at(-1) ?? 0);
      return Math.min(PAUSE_MAX_MS, Math.max(PAUSE_MIN_MS, own));
    },
  };
}
