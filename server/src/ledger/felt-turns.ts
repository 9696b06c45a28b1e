/** Remembers which turns could be felt, so that a browser can report only waits of answers that it was given. */
import type { FeltTtftSample } from './felt-ttft.ts';

export type FeltTurn = Omit<FeltTtftSample, 'ms'> & { readonly conversationId: string };

export interface FeltTurns {
  /** A turn's first word has gone out from this process. */
  opened(turn: FeltTurn): void;
  /**
   * Takes a report from a browser.
   * @param ms send → first painted word
   * @returns false when this process gave no such answer to this conversation, or it was reported before
   */
  seen(conversationId: string, turnId: string, ms: number): boolean;
}

/** Answers waiting for their report; a browser paints within seconds or never. */
const TURNS_MAX = 10_000;

export function createFeltTurns(onWait: (wait: FeltTtftSample, conversationId: string) => void): FeltTurns {
  const turns = new Map<string, FeltTurn>();
  return {
    opened(turn) {
      turns.set(turn.turnId, turn);
      const [oldest] = turns.keys();
      if (turns.size > TURNS_MAX && oldest !== undefined) turns.delete(oldest);
    },
    seen(conversationId, turnId, ms) {
      const turn = turns.get(turnId);
      if (turn === undefined || turn.conversationId !== conversationId) return false;
      turns.delete(turnId);
      const { siteId, region, tier, modelId } = turn;
      onWait({ turnId, siteId, region, tier, modelId, ms }, conversationId);
      return true;
    },
  };
}
