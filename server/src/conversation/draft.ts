/** A question that its visitor still types: how its model calls are recorded, and when the message arrived. */
import type { CallRow } from '../gateway/chat-call.ts';

/** Accompanies the question of a draft to its model calls. */
export interface Draft {
  /** Receives the ledger rows of the draft's calls. */
  readonly record: (row: CallRow) => void;
  /** No model could answer. */
  readonly onFailed: () => void;
  /** `performance.now()` when the message arrived; undefined before. */
  readonly receivedAt: () => number | undefined;
}

export interface OpenDraft extends Draft {
  /** The visitor has sent this text: its calls are those of the turn. */
  sent(receivedAt: number): void;
  /** The visitor has sent another text, or none. */
  dropped(): void;
}

/**
 * Holds the rows back until it is known whether the draft was sent, because an answer that was complete before it was
 * dropped was spent on typing as well.
 */
export function createDraft(recordCall: (row: CallRow) => void, onFailed: () => void): OpenDraft {
  let held: CallRow[] | undefined = [];
  let sentAt: number | undefined;
  const release = (toRow: (row: CallRow) => CallRow) => {
    const rows = held ?? [];
    held = undefined;
    for (const row of rows) recordCall(toRow(row));
  };
  return {
    record(row) {
      if (held === undefined) recordCall(row);
      else held.push(row);
    },
    onFailed,
    receivedAt: () => sentAt,
    sent(receivedAt) {
      sentAt = receivedAt;
      release((row) => row);
    },
    dropped: () =>
      release((row) => (row.outcome === 'done' ? { ...row, outcome: 'aborted', reason: 'typing-dropped' } : row)),
  };
}
