/** Holds a speculative answer back until the verdict is there, or for as long as a visitor should not notice. */
import type { Handling } from '../triage/verdict.ts';

/**
 * @param capMs the longest hold, counted from the visitor's send; 220 ms keeps p95 at 562 ms instead of 661 under a
 *   heavy tail of the instant tier (measured, ARCHITECTURE.md)
 */
export function holdForVerdict(handling: Promise<Handling | undefined>, capMs: number): Promise<Handling | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, Math.max(0, capMs), undefined);
    void handling.then((verdict) => {
      clearTimeout(timer);
      resolve(verdict);
    });
  });
}
