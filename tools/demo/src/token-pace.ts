/** Yields tokens at a model's pace. Each token has its own due time, so a late timer doesn't delay later tokens. */

export interface PaceClock {
  /** Monotonic, in milliseconds. */
  now(): number;
  /** Rejects with the signal's reason when it aborts first. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

export interface Pace {
  /** When the request arrived, by the clock's `now()`. Due times are relative to it. */
  readonly startedAt: number;
  /** Arrival → first token, in milliseconds. */
  readonly ttftMs: number;
  /** Above zero. With `Infinity` all tokens are due at once. */
  readonly tokensPerSecond: number;
}

/** Timers count whole milliseconds: a token that is due sooner than this is sent now instead of 1 ms later. */
const CLOSE_ENOUGH_MS = 0.5;

/** Yields all tokens that are due, several at once after a delay. Throws the signal's reason on abort. */
export async function* paceTokens(
  tokens: readonly string[],
  pace: Pace,
  clock: PaceClock,
  signal: AbortSignal,
): AsyncGenerator<string[]> {
  const dueAt = (index: number) => pace.startedAt + pace.ttftMs + (index * 1000) / pace.tokensPerSecond;
  let next = 0;
  while (next < tokens.length) {
    signal.throwIfAborted();
    const now = clock.now();
    if (now < dueAt(next) - CLOSE_ENOUGH_MS) {
      await clock.wait(dueAt(next) - now, signal);
      continue;
    }
    const first = next;
    while (next < tokens.length && dueAt(next) - CLOSE_ENOUGH_MS <= now) next += 1;
    yield tokens.slice(first, next);
  }
}

/** The system clock. Waits are rounded to whole milliseconds, at least one. */
export function createPaceClock(): PaceClock {
  return {
    now: () => performance.now(),
    wait(ms, signal) {
      return new Promise((resolve, reject) => {
        const abort = () => {
          clearTimeout(timer);
          reject(signal.reason);
        };
        const timer = setTimeout(
          () => {
            signal.removeEventListener('abort', abort);
            resolve();
          },
          Math.max(1, Math.round(ms)),
        );
        signal.addEventListener('abort', abort, { once: true });
      });
    },
  };
}
