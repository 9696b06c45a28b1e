/** Collects entries in memory and writes them together, so that whoever adds one never waits. */
import type { Log } from '../lib/log.ts';

export interface WriteBehind<Entry> {
  add(entry: Entry): void;
  /** Writes all that waits; settles when it is written or Redis did not take it. Never rejects. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

export interface WriteBehindSettings {
  /** Entries are written together this often. */
  readonly flushMs: number;
  /** Entries held while Redis is away; beyond it the oldest are lost. */
  readonly maxWaiting: number;
}

export interface WriteBehindParts<Entry> {
  /** How the log names what is written. */
  readonly what: string;
  /** May be called again with the same entries: it must have one effect. */
  readonly write: (entries: readonly Entry[]) => Promise<void>;
  readonly onLost?: (count: number) => void;
  readonly log: Log;
}

/** In one script; Redis serves nobody else meanwhile. */
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
    log.error({ what, lost: excess, maxWaiting }, 'entries are lost: redis is away too long');
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
        if (!failing) log.warn({ what, waiting: waiting.length, reason: String(error) }, 'entries wait for redis');
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
    await running; // it may have begun before the last entry came
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
