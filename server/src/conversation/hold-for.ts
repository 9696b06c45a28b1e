/** Holds a speculative answer back until the verdict is known, up to a cap that visitors should not notice. */

/**
 * Resolves with the awaited value, or undefined when the cap is reached first. `awaited` must not reject.
 * @param capMs the longest hold, counted from the visitor's send; 220 ms keeps p95 at 562 ms instead of 661 under a
 *   heavy tail of the instant tier (measured, ARCHITECTURE.md)
 */
export function holdFor<Found>(awaited: Promise<Found | undefined>, capMs: number): Promise<Found | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, Math.max(0, capMs), undefined);
    void awaited.then((found) => {
      clearTimeout(timer);
      resolve(found);
    });
  });
}
