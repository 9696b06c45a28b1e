/** Delays a reply for a few seconds, so that the agent can undo it. */
import { type ReadonlySignal, signal } from '@preact/signals';

export interface DelayedSend {
  /** Seconds until the reply is sent; absent when none is pending. */
  readonly secondsLeft: ReadonlySignal<number | undefined>;
  start(send: () => void): void;
  /** Sends the pending reply at once. */
  flush(): void;
  /** Drops the pending reply. False if there was none. */
  undo(): boolean;
}

export const UNDO_SECONDS = 5;

export function createDelayedSend(): DelayedSend {
  const secondsLeft = signal<number | undefined>(undefined);
  let pending: (() => void) | undefined;
  let timer: ReturnType<typeof setInterval> | undefined;

  /** Stops the countdown and returns the pending reply. */
  function cancel(): (() => void) | undefined {
    const send = pending;
    pending = undefined;
    secondsLeft.value = undefined;
    clearInterval(timer);
    return send;
  }
  function flush() {
    cancel()?.();
  }
  return {
    secondsLeft,
    start(send) {
      cancel();
      pending = send;
      secondsLeft.value = UNDO_SECONDS;
      timer = setInterval(() => {
        const left = (secondsLeft.value ?? 1) - 1;
        if (left <= 0) flush();
        else secondsLeft.value = left;
      }, 1000);
    },
    flush,
    undo: () => cancel() !== undefined,
  };
}
