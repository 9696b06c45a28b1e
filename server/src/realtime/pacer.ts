/**
 * Keeps a busy process ahead of its streams: while the event loop has little to do every token goes out the moment it
 * comes, above that each stream rests between its sends, and what came meanwhile goes out together.
 */
import { setTimeout as pause } from 'node:timers/promises';

export interface Pacer {
  busy(): boolean;
  /** After a stream's send: settles when its next text may be taken. Undefined: at once. */
  rest(): Promise<void> | undefined;
  stop(): void;
}

export interface PacerSettings {
  /** Share of the time since the last call in which the event loop was busy, 0 to 1. */
  readonly utilisation: () => number;
  /** How often that is looked at, in milliseconds. */
  readonly everyMs: number;
  /** Resting begins at this share and ends below the other; apart, because resting itself lowers the share. */
  readonly busyFrom: number;
  readonly calmBelow: number;
  /** Two or three tokens at 60 a second: fewer than half the sends, and no reader sees the difference. */
  readonly restMs: number;
}

/** From about a dozen streams on. A send costs more than all else that is done for a token: see docs/benchmarks.md, Relay. */
export const PACER_SETTINGS = { everyMs: 200, busyFrom: 0.12, calmBelow: 0.05, restMs: 42 } as const;

export function createPacer({ utilisation, everyMs, busyFrom, calmBelow, restMs }: PacerSettings): Pacer {
  let isBusy = false;
  const looking = setInterval(() => {
    const share = utilisation();
    isBusy = isBusy ? share >= calmBelow : share >= busyFrom;
  }, everyMs).unref();
  return {
    busy: () => isBusy,
    rest: () => (isBusy ? pause(restMs) : undefined),
    stop: () => clearInterval(looking),
  };
}

/** Reads how busy this process' event loop was since the last reading. */
export function createLoopProbe(): () => number {
  let last = performance.eventLoopUtilization();
  return () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, last);
    last = now;
    return utilization;
  };
}
