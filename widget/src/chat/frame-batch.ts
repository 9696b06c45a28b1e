/** Gathers what arrives between two frames, so that drawing a fast answer costs by the frame and not by the token. */

export interface FrameBatch<T> {
  add(item: T): void;
  /** Hands over at once what is held. */
  flush(): void;
  close(): void;
}

/** Nothing is seen later for it: a frame's callbacks run before that frame is painted. */
export function createFrameBatch<T>(take: (items: readonly T[]) => void): FrameBatch<T> {
  let held: T[] = [];
  let frame: number | undefined;

  function flush() {
    if (frame !== undefined) cancelAnimationFrame(frame);
    frame = undefined;
    const items = held;
    held = [];
    if (items.length > 0) take(items);
  }
  return {
    add(item) {
      held.push(item);
      // A page that is not on screen has no frames.
      if (document.hidden) flush();
      else frame ??= requestAnimationFrame(flush);
    },
    flush,
    close() {
      held = [];
      flush();
    },
  };
}
