/** Evicts from Redis conversations that are quiet, archived and without an open ticket. Visitors who return find them unchanged. */
import type { Log } from '../lib/log.ts';
import type { ConversationEviction, EvictionCandidate } from '../store/conversation-eviction.ts';
import type { EvictionWalk } from '../store/eviction-walk.ts';

export interface EvictionParts {
  readonly walk: EvictionWalk;
  readonly conversations: ConversationEviction;
  readonly archive: {
    /** Ids of all messages, at `seq - 1`, of complete conversations. */
    completeIds(conversationIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
  };
  /** Whether every running process would restore what has left. */
  readonly isUnderstood: () => Promise<boolean>;
  /** Called with the number of conversations that have left. */
  readonly onEvicted: (conversations: number) => void;
  readonly log: Log;
}

export interface Eviction {
  /** Checks the next batch of conversations. All processes may call it; each step is done by one. */
  sweep(): Promise<void>;
}

/** Interval between two steps across all processes. */
export const EVICTION_STEP_MS = 1000;

export function createEviction(parts: EvictionParts, stepMs = EVICTION_STEP_MS): Eviction {
  const { walk, conversations, archive, isUnderstood, onEvicted, log } = parts;
  let isHeld = false;

  const evictQuiet = async (conversationIds: readonly string[]) => {
    const candidates = await conversations.candidates(conversationIds);
    const archived = await archive.completeIds(candidates.map(({ id }) => id));
    const ready = candidates.filter((candidate) => isArchived(candidate, archived));
    if (ready.length === 0) return;
    if (!(await isUnderstood())) {
      if (!isHeld) log.info('keeping quiet conversations in Redis while a process of an earlier version runs');
      isHeld = true;
      return;
    }
    isHeld = false;
    const outcomes = await Promise.all(ready.map((candidate) => conversations.evict(candidate)));
    const evicted = outcomes.filter(Boolean).length;
    if (evicted === 0) return;
    onEvicted(evicted);
    log.debug({ conversations: evicted }, 'moved quiet conversations to the archive');
  };

  return { sweep: () => walk.next(stepMs, evictQuiet) };
}

/** Compared message by message: after a failover to a replica, the archive may hold other messages under the same numbers. */
function isArchived({ id, lastSeq, messages }: EvictionCandidate, archived: ReadonlyMap<string, readonly string[]>) {
  const ids = archived.get(id) ?? [];
  return ids.length === lastSeq && messages.every((message) => ids[message.seq - 1] === message.id);
}
