/** Holds a reply back for a few seconds, so that the agent can undo it. */
import { type ReadonlySignal, signal } from '@preact/signals';

export interface DelayedSend {
  /** Seconds until the reply is sent; absent when none is waiting. */
  readonly secondsLeft: ReadonlySignal<number | undefined>;
  start(send: () => void): void;
  /** Sends at once what is waiting. */
  flush(): void;
  /** Drops what is waiting. False when nothing was. */
  undo(): boolean;
}

export const UNDO_SECONDS = 5;

export function createDelayedSend(): DelayedSend {
  const secondsLeft = signal<number | undefined>(undefined);
  let waiting: (() => void) | undefined;
  let timer: ReturnType<typeof setInterval> | undefined;

  function take(): (() => void) | undefined {
    const send = waiting;
    waiting = undefined;
    secondsLeft.value = undefined;
    clearInterval(timer);
    return send;
  }
  function flush() {
    take()?.();
  }
  return {
    secondsLeft,
    start(send) {
      take();
      waiting = send;
      secondsLeft.value = UNDO_SECONDS;
      timer = setInterval(() => {
        const left = (secondsLeft.value ?? 1) - 1;
        if (left <= 0) flush();
        else secondsLeft.value = left;
      }, 1000);
    },
    flush,
    undo: () => take() !== undefined,
  };
}
