/** Batches what arrives between two frames, so that a fast answer is drawn once a frame, not once a token. */

/** A frame that takes longer leaves the page too little of its 16 ms. */
const SLOW_FRAME_MS = 3;

export interface FrameBatch<T> {
  add(item: T): void;
  /** Delivers the held items at once. */
  flush(): void;
  /** Calls once what has just been drawn is painted. */
  afterPaint(call: () => void): void;
  close(): void;
}

/**
 * Batching delays nothing: a frame's callbacks run before it is painted. After a slow frame (slow device, long answer) the next
 * one is left to the page, so that its scrolling and typing do not stutter.
 */
export function createFrameBatch<T>(take: (items: readonly T[]) => void): FrameBatch<T> {
  let held: T[] = [];
  let frame: number | undefined;
  let begunAt = 0;
  let skipNext = false;
  /** Called after the paint of the frame that is being drawn; undefined between frames. */
  let drawing: (() => void)[] | undefined;
  const painted = new MessageChannel();
  painted.port1.onmessage = () => {
    skipNext = performance.now() - begunAt > SLOW_FRAME_MS;
    for (const call of drawing ?? []) call();
    drawing = undefined;
  };

  function draw() {
    frame = undefined;
    if (skipNext) {
      skipNext = false;
      frame = requestAnimationFrame(draw);
      return;
    }
    begunAt = performance.now();
    drawing = [];
    flush();
    // Arrives as the next task, after this frame's layout and paint.
    painted.port2.postMessage(undefined);
  }
  function flush() {
    if (frame !== undefined) cancelAnimationFrame(frame);
    frame = undefined;
    // A slow end of one answer must not delay the first text of the next.
    skipNext = false;
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
    afterPaint(call) {
      if (drawing) drawing.push(call);
      else requestAnimationFrame(() => setTimeout(call));
    },
    close() {
      held = [];
      flush();
      painted.port1.close();
    },
  };
}
