/** Writes a turn's deltas to its log without making any token wait: one write at a time, what came meanwhile together. */
import type { CoalescedTimer } from '../lib/coalesced-timer.ts';
import type { ConversationStore } from '../store/conversation-store.ts';

export interface DeltaWriter {
  push(delta: { n: number; text: string }): void;
  /** Everything pushed is written, or Redis is away and the final message will hold it. */
  close(): Promise<void>;
}

export interface DeltaWriterSettings {
  /** Deltas between two beats go into one write, and the writes of all turns leave together. */
  readonly tick: CoalescedTimer;
  /** A turn renews its lease this often, silent or not. */
  readonly renewMs: number;
  /** The log refused: the turn was ended by somebody else. */
  readonly onEndedElsewhere: () => void;
}

export function createDeltaWriter(
  store: Pick<ConversationStore, 'appendDeltas' | 'watchTurn'>,
  turn: { conversationId: string; turnId: string },
  { tick, renewMs, onEndedElsewhere }: DeltaWriterSettings,
): DeltaWriter {
  let waiting: { n: number; text: string }[] = [];
  let writing: Promise<void> | undefined;

  const write = async () => {
    const batch = waiting;
    waiting = [];
    try {
      if (!(await store.appendDeltas(turn.conversationId, turn.turnId, batch))) onEndedElsewhere();
    } catch {
      waiting = [...batch, ...waiting]; // the log keeps n in order, so a batch may safely be sent again
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
    void store.watchTurn(turn.conversationId, turn.turnId).catch(() => {}); // a sweep then asks the lease itself
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
