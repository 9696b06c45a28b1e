/** Repeats work that needs a store until the store is there. */
import { setTimeout as pause } from 'node:timers/promises';

export interface RetrySettings {
  /** Ends the repetition. Work in progress is finished. */
  readonly signal: AbortSignal;
  readonly onFailure: (error: unknown) => void;
  readonly retryMs?: number;
}

const RETRY_MS = 1000;

/** Never rejects. */
export async function retryUntilDone(
  work: () => Promise<unknown>,
  { signal, onFailure, retryMs = RETRY_MS }: RetrySettings,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await work();
      return;
    } catch (error) {
      onFailure(error);
    }
    await pause(retryMs, undefined, { signal }).catch(() => {});
  }
}
