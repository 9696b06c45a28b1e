/** Counts the time for which a page was on screen. */

export interface VisibleClock {
  /** Milliseconds. */
  now(): number;
  /** False while the page is in the background, or in the back/forward cache. */
  runs(): boolean;
}

/** @param onChange the clock has stopped, or runs again */
export function createVisibleClock(onChange: () => void, signal: AbortSignal): VisibleClock {
  let before = 0;
  let since: number | undefined;
  function update() {
    const visible = document.visibilityState === 'visible';
    if (visible === (since !== undefined)) return;
    if (since !== undefined) before += performance.now() - since;
    since = visible ? performance.now() : undefined;
    onChange();
  }
  if (document.visibilityState === 'visible') since = performance.now();
  document.addEventListener('visibilitychange', update, { signal });
  return {
    now: () => before + (since === undefined ? 0 : performance.now() - since),
    runs: () => since !== undefined,
  };
}
