/** Hands out tokens at a model's pace: each has a due time of its own, so a late wake-up never delays the rest. */

export interface PaceClock {
  /** Milliseconds that only grow. */
  now(): number;
  /** Rejects with the signal's reason when it aborts first. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

export interface Pace {
  /** The request's arrival on the clock's scale; everything is due relative to it. */
  readonly startedAt: number;
  /** Arrival → first token, in milliseconds. */
  readonly ttftMs: number;
  /** Above zero; infinite means that all tokens are due with the first. */
  readonly tokensPerSecond: number;
}

/** Timers count whole milliseconds: a token this close to its time goes now instead of a full one later. */
const CLOSE_ENOUGH_MS = 0.5;

/** Yields the tokens that are due, several together when the process was late. Throws the signal's reason on abort. */
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

/** The machine's clock. Its waits are rounded to whole milliseconds, at least one. */
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
