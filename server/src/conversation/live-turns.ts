/** The turns that run on this process: their text so far, and how to end them. */
import type { TurnSnapshot } from '@firstword/shared/wire';

/** Why a running turn is ended before its model has finished. */
export type TurnBreak = 'stopped' | 'superseded' | 'muted' | 'unwatched' | 'shutdown' | 'asked-early';

export interface LiveTurn {
  readonly conversationId: string;
  readonly turnId: string;
  readonly messageSeq: number;
  readonly deltas: { n: number; text: string }[];
  readonly signal: AbortSignal;
  /** TTFT of the model that answers, in milliseconds; absent before its first token and where no model was asked. */
  modelTtftMs?: number;
  /** Aborts the model call; the first reason counts. */
  end(reason: TurnBreak): void;
  /** Settles when the turn has reached its final state. */
  readonly ended: Promise<void>;
  finish(): void;
}

export interface LiveTurns {
  /** Creates a turn that is not listed yet. */
  prepare(conversationId: string, turnId: string, messageSeq: number): LiveTurn;
  /** Lists the turn until it is finished. */
  add(turn: LiveTurn): void;
  find(turnId: string): LiveTurn | undefined;
  ofConversation(conversationId: string): LiveTurn | undefined;
  all(): LiveTurn[];
  count(): number;
}

export function createLiveTurns(): LiveTurns {
  const byTurn = new Map<string, LiveTurn>();
  return {
    prepare(conversationId, turnId, messageSeq) {
      const controller = new AbortController();
      let settle = () => {};
      const ended = new Promise<void>((resolve) => {
        settle = resolve;
      });
      return {
        conversationId,
        turnId,
        messageSeq,
        deltas: [],
        signal: controller.signal,
        end: (reason) => controller.abort(reason),
        ended,
        finish() {
          byTurn.delete(turnId);
          settle();
        },
      };
    },
    add: (turn) => void byTurn.set(turn.turnId, turn),
    find: (turnId) => byTurn.get(turnId),
    ofConversation: (conversationId) => [...byTurn.values()].findLast((turn) => turn.conversationId === conversationId),
    all: () => [...byTurn.values()],
    count: () => byTurn.size,
  };
}

export function snapshotOf({ turnId, messageSeq, deltas }: LiveTurn): TurnSnapshot {
  return { turnId, messageSeq, deltas: [...deltas], state: 'running' };
}
