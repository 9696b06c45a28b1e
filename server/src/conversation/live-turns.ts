/** The turns that run on this process: their text so far, and how to end them. */
import type { Delta, TurnSnapshot } from '@firstword/shared/wire';

/** A turn that ends so was never shown to a client. */
export type UnseenBreak = 'asked-early' | 'typing-dropped';
/** Why a running turn is ended before its model has finished. */
export type TurnBreak = 'stopped' | 'superseded' | 'muted' | 'unwatched' | 'shutdown' | UnseenBreak;

export interface LiveTurn {
  readonly conversationId: string;
  readonly turnId: string;
  readonly messageSeq: number;
  /** The first message that it answers; earlier than `messageSeq` where it has superseded another turn. */
  readonly firstSeq: number;
  readonly deltas: Delta[];
  readonly signal: AbortSignal;
  /** Aborts the model call; the first reason counts. */
  end(reason: TurnBreak): void;
  /** Settles when the turn has reached its final state. */
  readonly ended: Promise<void>;
  /** Final state reached; the turn is no longer listed. Its hand-off may still be under way, until `close`. */
  finish(): void;
  /** Settles once the turn's ticket and notice are stored as well. */
  readonly closed: Promise<void>;
  close(): void;
}

export interface LiveTurns {
  /** Creates a turn that is not listed yet. */
  prepare(conversationId: string, turnId: string, messageSeq: number, firstSeq?: number): LiveTurn;
  /** Lists the turn until it is finished. */
  add(turn: LiveTurn): void;
  find(turnId: string): LiveTurn | undefined;
  ofConversation(conversationId: string): LiveTurn | undefined;
  all(): LiveTurn[];
  /** The turns that are not closed yet: those listed, and those whose hand-off is under way. */
  unclosed(): LiveTurn[];
  count(): number;
}

export function createLiveTurns(): LiveTurns {
  const byTurn = new Map<string, LiveTurn>();
  const unclosed = new Set<LiveTurn>();
  return {
    prepare(conversationId, turnId, messageSeq, firstSeq = messageSeq) {
      const controller = new AbortController();
      let settle = () => {};
      const ended = new Promise<void>((resolve) => {
        settle = resolve;
      });
      let settleClosed = () => {};
      const closed = new Promise<void>((resolve) => {
        settleClosed = resolve;
      });
      const turn: LiveTurn = {
        conversationId,
        turnId,
        messageSeq,
        firstSeq,
        deltas: [],
        signal: controller.signal,
        end: (reason) => controller.abort(reason),
        ended,
        finish() {
          byTurn.delete(turnId);
          settle();
        },
        closed,
        close() {
          unclosed.delete(turn);
          settleClosed();
        },
      };
      return turn;
    },
    add(turn) {
      byTurn.set(turn.turnId, turn);
      unclosed.add(turn);
    },
    find: (turnId) => byTurn.get(turnId),
    ofConversation: (conversationId) => [...byTurn.values()].findLast((turn) => turn.conversationId === conversationId),
    all: () => [...byTurn.values()],
    unclosed: () => [...unclosed],
    count: () => byTurn.size,
  };
}

export function snapshotOf({ turnId, messageSeq, deltas }: LiveTurn): TurnSnapshot {
  return { turnId, messageSeq, deltas: [...deltas], state: 'running' };
}
