/**
 * Writes what several callers have at the same time in one go: under load, one commit then serves the events of many
 * partitions.
 */
import { RecordsError } from './records-error.ts';

interface WaitingWrite<Change> {
  readonly changes: readonly Change[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

type Write<Change> = (changes: readonly Change[]) => Promise<void>;

/** @param write may be repeated with the same changes */
export function combineWrites<Change>(write: Write<Change>): Write<Change> {
  let waiting: WaitingWrite<Change>[] = [];
  let isWriting = false;

  const writeAlone = async ({ changes, resolve, reject }: WaitingWrite<Change>) => {
    await write(changes).then(resolve, reject);
  };

  const writeTogether = async (writes: readonly WaitingWrite<Change>[]) => {
    try {
      await write(writes.flatMap(({ changes }) => changes));
      for (const { resolve } of writes) resolve();
    } catch (error) {
      if (error instanceof RecordsError) for (const { reject } of writes) reject(error);
      // Only the caller whose change cannot be stored must learn of it.
      else for (const each of writes) await writeAlone(each);
    }
  };

  const writeWaiting = async () => {
    while (waiting.length > 0) {
      const writes = waiting;
      waiting = [];
      await writeTogether(writes);
    }
    isWriting = false;
  };

  return (changes) =>
    new Promise((resolve, reject) => {
      waiting.push({ changes, resolve, reject });
      if (isWriting) return;
      isWriting = true;
      setImmediate(() => void writeWaiting()); // after the other callers of this moment
    });
}
