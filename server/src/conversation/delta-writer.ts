/** Writes a turn's deltas to its log without delaying tokens: one write at a time, with all deltas since the last. */
import type { Delta } from '@firstword/shared/wire';
import type { CoalescedTimer } from '../lib/coalesced-timer.ts';
import type { ConversationStore } from '../store/conversation-store.ts';

export interface DeltaWriter {
  push(delta: Delta): void;
  /** Writes what is left. If Redis is unavailable, the final message still contains the text. */
  close(): Promise<void>;
}

export interface DeltaWriterSettings {
  /** Deltas between two ticks go into one write, and the writes of all turns are sent together. */
  readonly tick: CoalescedTimer;
  /** Interval at which a turn renews its lease, in milliseconds. */
  readonly renewMs: number;
  /** Called when the log refuses a write, because the turn was ended elsewhere. */
  readonly onEndedElsewhere: () => void;
}

export function createDeltaWriter(
  store: Pick<ConversationStore, 'appendDeltas' | 'watchTurn'>,
  turn: { conversationId: string; turnId: string },
  { tick, renewMs, onEndedElsewhere }: DeltaWriterSettings,
): DeltaWriter {
  let waiting: Delta[] = [];
  let writing: Promise<void> | undefined;

  const write = async () => {
    const batch = waiting;
    waiting = [];
    try {
      if (!(await store.appendDeltas(turn.conversationId, turn.turnId, batch))) onEndedElsewhere();
    } catch {
      waiting = [...batch, ...waiting]; // the log ignores deltas it has, so a batch may be sent again
    }
  };
  const flush = () => {
    writing ??= write().finally(() => {
      writing = undefined;
      if (waiting.length > 0) tick.add(wake);
    });
    return writing;
  };
  const wake = () => void flush();
  const heartbeat = setInterval(() => {
    void store.watchTurn(turn.conversationId, turn.turnId).catch(() => {}); // the sweep also checks the lease itself
    void flush();
  }, renewMs);

  return {
    push(delta) {
      waiting.push(delta);
      tick.add(wake);
    },
    async close() {
      clearInterval(heartbeat);
      await writing;
      if (waiting.length > 0) await flush();
      tick.drop(wake);
    },
  };
}
