/** A beat that many share: what is due in the same moment runs in the same tick, so its writes leave together. */

export interface SharedTick {
  /** Runs it once at the next beat, within `everyMs`. The same function waits only once. */
  add(run: () => void): void;
  drop(run: () => void): void;
}

/** Beats only while somebody waits, so nothing has to be stopped. */
export function createSharedTick(everyMs: number): SharedTick {
  const waiting = new Set<() => void>();
  let timer: NodeJS.Timeout | undefined;
  const beat = () => {
    timer = undefined;
    const due = [...waiting];
    waiting.clear();
    for (const run of due) run();
  };
  return {
    add(run) {
      waiting.add(run);
      timer ??= setTimeout(beat, everyMs);
    },
    drop(run) {
      waiting.delete(run);
      if (waiting.size > 0) return;
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
