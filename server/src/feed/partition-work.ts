/**
 * Hands the events of one partition to its consumer, in order. What fails is repeated; an event that fails again and again is
 * set aside, so that it never blocks those behind it.
 */
import type { FeedEvent } from '@firstword/shared/feed-event';
import type { Log } from '../lib/log.ts';
import type { FeedConsumer } from './feed-consumer.ts';
import type { FeedCursors, PartitionClaim } from './feed-cursors.ts';
import { entryType, type FeedEntry, readEntry } from './feed-entry.ts';
import type { SetAsideEvent } from './set-aside-events.ts';

export type WorkOutcome =
  | { readonly kind: 'done' }
  /** What follows the cursor has to be read again after the pause. */
  | { readonly kind: 'again'; readonly afterMs: number }
  /** Another process consumes the partition. */
  | { readonly kind: 'lost' };

export interface PartitionWork {
  /** The last event that is dealt with. */
  cursor(): string;
  /** @param entries what follows the cursor */
  handle(entries: readonly FeedEntry[]): Promise<WorkOutcome>;
}

export interface PartitionWorkParts {
  readonly claim: PartitionClaim;
  /** The last event that was dealt with before. */
  readonly cursor: string;
  readonly consumer: FeedConsumer;
  readonly cursors: Pick<FeedCursors, 'advance' | 'countTry' | 'forgetTries'>;
  /** The former owner may have died of an event: the first events are handled one by one, and each try is counted. */
  readonly isSuspect: boolean;
  readonly onSetAside: () => void;
  readonly log: Log;
}

export const TRIES_MAX = 5;
/** Doubled with each failure. */
const AGAIN_MS = 100;
/** Hand-offs become tickets within 5 s of the database's return. */
const AGAIN_MAX_MS = 2000;

export function createPartitionWork(parts: PartitionWorkParts): PartitionWork {
  const { claim, consumer, cursors, onSetAside, log } = parts;
  const { group, partition } = claim;
  let oneByOne = parts.isSuspect;
  let outages = 0;
  let { cursor } = parts;

  const again = (failures: number): WorkOutcome => ({
    kind: 'again',
    afterMs: Math.min(AGAIN_MAX_MS, AGAIN_MS * 2 ** (failures - 1)),
  });
  const waitForReturn = (error: unknown): WorkOutcome => {
    outages += 1;
    if (outages === 1) log.warn({ group, partition, reason: String(error) }, 'feed consumer is waiting for its store');
    return again(outages);
  };

  const advance = async (entry: FeedEntry, setAside?: string): Promise<WorkOutcome> => {
    if (!(await cursors.advance(claim, entry.id, setAside))) return { kind: 'lost' };
    cursor = entry.id;
    return { kind: 'done' };
  };

  const setAside = async (entry: FeedEntry, tries: number, reason: string): Promise<WorkOutcome> => {
    log.error(
      { group, partition, eventId: entry.id, type: entryType(entry), tries, reason },
      'setting feed event aside',
    );
    const record: SetAsideEvent = {
      group,
      eventId: entry.id,
      fields: [...entry.fields],
      tries,
      reason,
      at: Date.now(),
    };
    const outcome = await advance(entry, JSON.stringify(record));
    if (outcome.kind === 'done') onSetAside();
    return outcome;
  };

  const handleOne = async (entry: FeedEntry): Promise<WorkOutcome> => {
    let event: FeedEvent;
    try {
      event = readEntry(entry);
    } catch (error) {
      return setAside(entry, 1, `unreadable: ${error}`);
    }
    const tries = await cursors.countTry(claim, entry.id);
    if (tries === undefined) return { kind: 'lost' };
    if (tries > TRIES_MAX) return setAside(entry, TRIES_MAX, 'the process ended while it handled the event');
    try {
      await consumer.handle([event]);
      outages = 0;
    } catch (error) {
      if (consumer.isOutage(error)) {
        await cursors.forgetTries(claim);
        return waitForReturn(error);
      }
      log.warn({ group, partition, eventId: entry.id, tries, reason: String(error) }, 'feed event failed');
      return tries < TRIES_MAX ? again(tries) : setAside(entry, tries, String(error));
    }
    return advance(entry);
  };

  /** Undefined when the events have to be handled one by one, to find the one that fails. */
  const handleTogether = async (wanted: readonly FeedEntry[], last: FeedEntry): Promise<WorkOutcome | undefined> => {
    try {
      if (wanted.length > 0) await consumer.handle(wanted.map(readEntry));
      outages = 0;
    } catch (error) {
      return consumer.isOutage(error) ? waitForReturn(error) : undefined;
    }
    return advance(last);
  };

  return {
    cursor: () => cursor,
    async handle(entries) {
      const last = entries.at(-1);
      if (last === undefined) return { kind: 'done' };
      const wanted = entries.filter((entry) => consumer.types.some((type) => type === entryType(entry)));
      const together = oneByOne ? undefined : await handleTogether(wanted, last);
      if (together !== undefined) return together;
      oneByOne = true;
      for (const entry of wanted) {
        const outcome = await handleOne(entry);
        if (outcome.kind !== 'done') return outcome;
      }
      oneByOne = false;
      return advance(last);
    },
  };
}
