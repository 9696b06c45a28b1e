/** Moves usage records from their queue in Redis to PostgreSQL. All processes try; one at a time does. */
import type { Log } from '../lib/log.ts';
import { parseJson } from '../lib/parse-json.ts';
import { RecordsError } from '../records/records-error.ts';
import { type BySite, expiryAt } from '../records/site-expiry.ts';
import { type UsageRecord, usageRecordSchema } from '../records/usage-record.ts';
import type { UsageStore } from '../records/usage-store.ts';
import type { QueuedRecord, UsageQueue } from '../store/usage-queue.ts';

export interface UsageTransfer {
  /** Moves what waits now, unless another process is doing that. Never rejects: what can't be moved now is moved later. */
  run(): Promise<void>;
  /** Resolves when the batch in progress is moved. */
  close(): Promise<void>;
}

export interface UsageTransferParts {
  readonly queue: Pick<UsageQueue, 'read' | 'remove'>;
  readonly usage: Pick<UsageStore, 'record' | 'deleteBefore'>;
  /** Called with the number of records that can't be stored. */
  readonly onLost?: (count: number) => void;
  readonly log: Log;
  readonly now?: () => number;
}

export interface UsageTransferSettings {
  readonly everyMs: number;
  /** How long totals and visits are kept. */
  readonly keepDays: number;
  /** How long single calls are, by site: they are only needed while agents work on a conversation. */
  readonly keepCallsMs: () => BySite<number>;
}

/** About 50 ms of work in PostgreSQL. */
const BATCH = 500;
const DAY_MS = 24 * 60 * 60 * 1000;
/** The burn rate looks back over 24 hours. */
const KEEP_SAMPLES_MS = 2 * DAY_MS;
const DELETE_MS = 60 * 60 * 1000;

export function createUsageTransfer(
  { queue, usage, onLost = () => {}, log, now = Date.now }: UsageTransferParts,
  { everyMs, keepDays, keepCallsMs }: UsageTransferSettings,
): UsageTransfer {
  let running: Promise<void> | undefined;
  let failing = false;
  let closed = false;
  let deletedAt = 0;

  /** False while another process records. */
  const move = async (entries: readonly QueuedRecord[]): Promise<boolean> => {
    const readable = entries.flatMap(({ json }) => read(json) ?? []);
    refuse(entries.length - readable.length, 'unreadable');
    try {
      return (await usage.record(readable)) === 'recorded';
    } catch (error) {
      if (error instanceof RecordsError) throw error;
      // One record that the database refuses must not hold up the others.
      for (const record of readable) if (!(await moveAlone(record))) return false;
      return true;
    }
  };
  const moveAlone = async (record: UsageRecord): Promise<boolean> => {
    try {
      return (await usage.record([record])) === 'recorded';
    } catch (error) {
      if (error instanceof RecordsError) throw error;
      refuse(1, String(error));
      return true;
    }
  };
  const refuse = (count: number, reason: string) => {
    if (count === 0) return;
    onLost(count);
    log.error({ lost: count, reason }, 'dropping usage records that cannot be stored');
  };

  const moveAll = async () => {
    while (!closed) {
      const entries = await queue.read(BATCH);
      if (entries.length === 0 || !(await move(entries))) break;
      await queue.remove(entries.map(({ id }) => id));
      if (entries.length < BATCH) break;
    }
    if (closed || now() - deletedAt < DELETE_MS) return;
    deletedAt = now();
    await usage.deleteBefore({
      rowsBefore: expiryAt(now(), keepCallsMs()),
      samplesBefore: now() - KEEP_SAMPLES_MS,
      totalsBefore: now() - keepDays * DAY_MS,
    });
  };
  const run = () => {
    running ??= moveAll()
      .then(
        () => {
          failing = false;
        },
        (error: unknown) => {
          if (!failing) log.warn({ reason: String(error) }, 'moving usage records to the database failed; retrying');
          failing = true;
        },
      )
      .finally(() => {
        running = undefined;
      });
    return running;
  };
  const timer = setInterval(() => void run(), everyMs);

  return {
    run,
    async close() {
      clearInterval(timer);
      closed = true;
      await running;
    },
  };
}

function read(json: string): UsageRecord | undefined {
  return usageRecordSchema.safeParse(parseJson(json)).data;
}
