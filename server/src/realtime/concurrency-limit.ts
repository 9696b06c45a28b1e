/**
 * How many answers a process has under way at once: as many as it carries. It learns that as a sender learns what a link
 * carries: a share less when it is behind, little by little more while it has time left and somebody was refused.
 */
import type { LoadSample } from './load-monitor.ts';

export interface ConcurrencyLimit {
  /** False when there is no room for one more; takes it otherwise. */
  take(): boolean;
  /** To be called some ten times a second, with how the process is doing. */
  adjust(look: LoadSample): void;
}

/**
 * So few are never what holds a process up: it is behind for other reasons, such as all who come back at once after a
 * restart, or a frozen Redis, and refusing them would not help.
 */
const LEAST = 64;
/**
 * Between two looks, of the limit: to begin an answer costs more than to pass its words on, so a rush into free places
 * would wait for itself. What begins in a second is still more than the limit.
 */
const RUSH = 0.12;
const LEAST_RUSH = 32;
const cutTo = (strain: number) => Math.min(0.85, Math.max(0.5, 1 / strain));
/** In a second. */
const GROW = 1.25;
/** After so long without strain what was learned is forgotten: the next rush may meet a quicker machine. */
const CALM_MS = 20_000;

/** @param running answers under way */
export function createConcurrencyLimit(running: () => number): ConcurrencyLimit {
  let limit = Number.POSITIVE_INFINITY;
  /** Since the last look: they may not count as running yet. */
  let taken = 0;
  let hasRefused = false;
  let adjustedAt = performance.now();
  let strainedAt = Number.NEGATIVE_INFINITY;

  return {
    take() {
      if (taken >= Math.max(LEAST_RUSH, limit * RUSH)) return false; // says nothing of the limit, so that need not grow
      if (running() + taken >= limit) {
        hasRefused = true;
        return false;
      }
      taken += 1;
      return true;
    },
    adjust({ load: strain, isFull }) {
      const now = performance.now();
      if (strain > 1) {
        strainedAt = now;
        // A cut shows only once what was taken before has ended; until then it says nothing that another one is due.
        if (running() <= limit) limit = Math.max(LEAST, Math.min(limit, running()) * cutTo(strain));
      } else if (now - strainedAt > CALM_MS) limit = Number.POSITIVE_INFINITY;
      else if (hasRefused && !isFull) limit *= GROW ** ((now - adjustedAt) / 1000);
      adjustedAt = now;
      taken = 0;
      hasRefused = false;
    },
  };
}
