/** Writes a turn's deltas to its log without making any token wait: one write at a time, what came meanwhile together. */
import type { ConversationStore } from '../store/conversation-store.ts';

export interface DeltaWriter {
  push(delta: { n: number; text: string }): void;
  /** Everything pushed is written, or Redis is away and the final message will hold it. */
  close(): Promise<void>;
}

export interface DeltaWriterSettings {
  /** Deltas of this many milliseconds go into one write. */
  readonly coalesceMs: number;
  /** A turn renews its lease this often, silent or not. */
  readonly renewMs: number;
  /** The log refused: the turn was ended by somebody else. */
  readonly onEndedElsewhere: () => void;
}

export function createDeltaWriter(
  store: Pick<ConversationStore, 'appendDeltas' | 'watchTurn'>,
  turn: { conversationId: string; turnId: string },
  { coalesceMs, renewMs, onEndedElsewhere }: DeltaWriterSettings,
): DeltaWriter {
  let waiting: { n: number; text: string }[] = [];
  let writing: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;

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
      if (waiting.length > 0 && timer === undefined) timer = setTimeout(wake, coalesceMs);
    });
    return writing;
  };
  const wake = () => {
    timer = undefined;
    void flush();
  };
  const heartbeat = setInterval(() => {
    void store.watchTurn(turn.conversationId, turn.turnId).catch(() => {}); // a sweep then asks the lease itself
    void flush();
  }, renewMs);

  return {
    push(delta) {
      waiting.push(delta);
      timer ??= setTimeout(wake, coalesceMs);
    },
    async close() {
      clearInterval(heartbeat);
      await writing;
      clearTimeout(timer);
      if (waiting.length > 0) await flush();
      clearTimeout(timer);
    },
  };
}
