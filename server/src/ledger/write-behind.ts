/** Collects entries in memory and writes them in batches, so that callers never wait. */
import type { Log } from '../lib/log.ts';

export interface WriteBehind<Entry> {
  add(entry: Entry): void;
  /** Writes all waiting entries; resolves when they are written or the attempt failed. Never rejects. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

export interface WriteBehindSettings {
  /** Interval between batches. */
  readonly flushMs: number;
  /** Entries held while Redis is unavailable; beyond it the oldest are lost. */
  readonly maxWaiting: number;
}

export interface WriteBehindParts<Entry> {
  /** The name of the entries in the log. */
  readonly what: string;
  /** Must be idempotent: it may be called again with the same entries. */
  readonly write: (entries: readonly Entry[]) => Promise<void>;
  readonly onLost?: (count: number) => void;
  readonly log: Log;
}

/** Entries per script call, which blocks Redis. */
const BATCH = 200;

export function createWriteBehind<Entry>(
  { what, write, onLost = () => {}, log }: WriteBehindParts<Entry>,
  { flushMs, maxWaiting }: WriteBehindSettings,
): WriteBehind<Entry> {
  let waiting: Entry[] = [];
  let running: Promise<void> | undefined;
  let failing = false;

  const trim = () => {
    const excess = waiting.length - maxWaiting;
    if (excess <= 0) return;
    waiting = waiting.slice(excess);
    onLost(excess);
    log.error({ what, lost: excess, maxWaiting }, 'dropping entries: redis unavailable for too long');
  };

  const writeAll = async () => {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, BATCH);
      waiting = waiting.slice(BATCH);
      try {
        await write(batch);
        failing = false;
      } catch (error) {
        waiting = [...batch, ...waiting];
        trim();
        if (!failing)
          log.warn({ what, waiting: waiting.length, reason: String(error) }, 'writing entries failed; retrying');
        failing = true;
        return;
      }
    }
  };

  const start = () => {
    running ??= writeAll().finally(() => {
      running = undefined;
    });
    return running;
  };
  const timer = setInterval(() => void start(), flushMs);

  const flush = async () => {
    await running; // it may have started before the last entry was added
    await start();
  };
  return {
    add(entry) {
      waiting.push(entry);
      trim();
    },
    flush,
    async close() {
      clearInterval(timer);
      await flush();
    },
  };
}
