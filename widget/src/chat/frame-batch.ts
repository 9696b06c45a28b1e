/** Gathers what arrives between two frames, so that drawing a fast answer costs by the frame and not by the token. */

/** A frame that takes longer leaves too little of its 16 ms to a page that has work of its own. */
const DEAR_MS = 3;

export interface FrameBatch<T> {
  add(item: T): void;
  /** Hands over at once what is held. */
  flush(): void;
  close(): void;
}

/**
 * Nothing is seen later for it: a frame's callbacks run before that frame is painted. Where a frame with new text takes long,
 * on a slow device or under a long answer, every other one is left to the page, whose scrolling and typing would stutter otherwise.
 */
export function createFrameBatch<T>(take: (items: readonly T[]) => void): FrameBatch<T> {
  let held: T[] = [];
  let frame: number | undefined;
  let begunAt = 0;
  let resting = false;
  const painted = new MessageChannel();
  painted.port1.onmessage = () => {
    resting = performance.now() - begunAt > DEAR_MS;
  };

  function draw() {
    frame = undefined;
    if (resting) {
      resting = false;
      frame = requestAnimationFrame(draw);
      return;
    }
    begunAt = performance.now();
    flush();
    // Heard as the next task, after this frame's layout and paint.
    painted.port2.postMessage(undefined);
  }
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
      else frame ??= requestAnimationFrame(draw);
    },
    flush,
    close() {
      held = [];
      flush();
      painted.port1.close();
    },
  };
}
